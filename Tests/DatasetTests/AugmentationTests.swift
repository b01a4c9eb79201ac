import Diagnostics
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct AugmentationTests {
  /// What Torchvision makes of images; see the script beside the values for tolerances.
  @Test(arguments: ["color", "grey"])
  func `changes light and moves pixels as Torchvision does`(name: String) throws {
    let image = try #require(try Reference.read("augment")["images"]?[name])
    let shape = try #require(image["shape"]?.array).compactMap(\.int)
    let bytes = try #require(image["bytes"]?.array).compactMap(\.int).map { UInt8($0) }
    let images = try Tensor(bytes, shape: [1] + shape)
    let (height, width) = (shape[1], shape[2])
    for result in try #require(image["results"]?.array) {
      let step = try #require(result["step"]?.string)
      let amount = try #require(result["amount"]?.double)
      var changes = ImageChanges(height: height, width: width)
      var interpolation = Interpolation.bilinear
      switch step {
      case "brightness": changes.append(.brightness(amount))
      case "contrast": changes.append(.contrast(amount))
      case "saturation": changes.append(.saturation(amount))
      case "hue": changes.append(.hue(amount))
      case "sharpness": changes.append(.sharpness(amount))
      case "posterize": changes.append(.posterize(bits: Int(amount)))
      case "solarize": changes.append(.solarize(from: amount))
      case "autocontrast": changes.append(.autocontrast)
      case "equalize": changes.append(.equalize)
      case "rotate": changes.append(ImageMap.rotation(degrees: amount))
      case "rotate-nearest":
        changes.append(ImageMap.rotation(degrees: amount))
        interpolation = .nearest
      case "enlarge":
        changes.append(
          ImageMap.part(
            left: width / 4, top: height / 4, width: width / 2, height: height / 2,
            of: (height, width)))
      default: break
      }
      let still = [Float](repeating: 0, count: shape[0])
      var program = ImageProgram(
        [changes.finish()], fill: still,
        scale: RowScale(centers: still, factors: still.map { _ in 1 / 255 }, bases: still))
      program.interpolation = interpolation
      let values = try images.changed(by: program).array(Float.self)
      let wanted = try #require(result["values"]?.array).compactMap(\.double)
      let isMoved = ["rotate", "enlarge", "rotate-nearest"].contains(step)
      for (place, wanted) in wanted.enumerated() {
        let (y, x) = (place / width % height, place % width)
        // Torchvision repeats the border of the part that it enlarges, where the image goes on here.
        let isBorder = y == 0 || x == 0 || y == height - 1 || x == width - 1
        if step == "enlarge", isBorder { continue }
        let distance = abs(Double(values[place]) - wanted)
        #expect(distance < (isMoved ? 2e-5 : 2e-6), "\(step) \(amount) at \(place): \(distance)")
      }
    }
  }

  private static func decoded(_ yaml: String) throws -> [Augmentation] {
    try [Augmentation].decode(Node(parsing: yaml, file: "p.yaml"))
  }

  private static let image: AugmentedFeature = {
    var facts = AugmentedFeature(
      Feature(name: "image", kind: .image, shape: [3, 9, 7], type: .uint8))
    facts.fill = [0, 0, 0]
    return facts
  }()

  private static func images(_ rows: [Int64]) throws -> Batch {
    let bytes = rows.flatMap { row in
      (0..<189).map { UInt8(truncatingIfNeeded: Int(row) * 31 + $0 * $0) }
    }
    return Batch(inputs: ["image": try Tensor(bytes, shape: [rows.count, 3, 9, 7])], rows: rows)
  }

  private static let steps = [
    "[flip: {horizontal: 50%}, crop: 2, rotate: 30]",
    "[crop: {area: [10%, 100%]}, color: {brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1}]",
    "[erase: {probability: 100%}, rotate: 10, noise: 0.1]", "[policy: rand-augment]",
    "[policy: trivial-augment]",
  ]

  @Test(arguments: steps)
  func `gives the same whether the scale is part of the pass or a step of its own`(
    yaml: String
  ) throws {
    let augment = AugmentRows(try Self.decoded(yaml), of: [Self.image])
    let scale = ScaleFeatures(scales: [
      "image": FeatureScale(
        shape: [3, 1, 1], centers: [120, 100, 90], scales: [1 / 60, 0.02, 0.01])
    ])
    let context = StepContext(seed: 9, epoch: 2, isTraining: true)
    var fused = try Self.images([1, 2, 3, 4, 5])
    try DeferredSteps.apply([augment, scale], to: &fused, in: context)
    var apart = try Self.images([1, 2, 3, 4, 5])
    try DeferredSteps.apply([augment], to: &apart, in: context)
    try scale.apply(to: &apart, in: context)
    let (one, other) = (
      try #require(fused.inputs["image"]).array(Float.self),
      try #require(apart.inputs["image"]).array(Float.self)
    )
    for (value, wanted) in zip(one, other) { #expect(abs(value - wanted) < 1e-5) }
  }

  @Test(arguments: steps)
  func `gives the same bits for any threads, batches and order`(yaml: String) throws {
    let augment = AugmentRows(try Self.decoded(yaml), of: [Self.image])
    let context = StepContext(seed: 9, epoch: 2, isTraining: true)
    func run(_ rows: [Int64], threads: Int) throws -> [Float] {
      try Engine.setThreads(threads)
      var batch = try Self.images(rows)
      try augment.apply(to: &batch, in: context)
      return try #require(batch.inputs["image"]).array(Float.self)
    }
    let rows = (0..<24).map(Int64.init)
    let whole = try run(rows, threads: 1)
    #expect(try run(rows, threads: 4) == whole)
    let reversed = try run(rows.reversed(), threads: 2)
    for row in 0..<24 {
      let own = Array(whole[189 * row..<189 * (row + 1)])
      #expect(Array(reversed[189 * (23 - row)..<189 * (24 - row)]) == own)
      #expect(try run([Int64(row)], threads: 3) == own)
    }
    try Engine.setThreads(1)
  }

  @Test func `resamples once for all maps that follow each other`() {
    var changes = ImageChanges(height: 8, width: 8)
    var stream = RandomStream(seed: 1)
    for step in [Crop(), Crop()] { step.add(to: &changes, from: &stream) }
    changes.append(ImageMap.rotation(degrees: 20))
    changes.append(.autocontrast)
    changes.append(ImageMap.mirroredHorizontally)
    changes.append(ImageMap.mirroredHorizontally)
    #expect(changes.finish().count == 2)
  }

  /// What lies outside an image of 1 2 / 3 4 that moves by two pixels.
  @Test(
    arguments: [
      (ImageBorder.zeros, [9, 9, 9, 9]), (.edge, [2, 2, 4, 4]), (.reflect, [1, 2, 3, 4]),
    ] as [(ImageBorder, [Float])])
  func `goes on beyond the border as told`(border: ImageBorder, expected: [Float]) throws {
    var changes = ImageChanges(height: 2, width: 2)
    changes.append(ImageMap.shift(x: 2, y: 0))
    var program = ImageProgram([changes.finish()], fill: [9])
    program.border = border
    let image = try Tensor([UInt8(1), 2, 3, 4], shape: [1, 1, 2, 2])
    #expect(try image.changed(by: program).array(Float.self) == expected)
  }

  private func changed(
    _ yaml: String, _ feature: Feature, numbers: [Float] = [], codes: [Int32] = [], seed: UInt64
  ) throws -> FeatureRow {
    let step = try #require(try Self.decoded(yaml)[0].step as? any RowAugmentation)
    var row = FeatureRow(
      shape: feature.shape, facts: AugmentedFeature(feature), numbers: numbers, codes: codes)
    var stream = RandomStream(seed: seed)
    step.change(&row, from: &stream)
    return row
  }

  @Test func `drops and swaps tokens and keeps the padding behind them`() throws {
    let text = Feature(name: "t", kind: .text, shape: [8], type: .int32)
    let codes: [Int32] = [5, 6, 7, 8, 9, 0, 0, 0]
    for seed in 0..<30 as Range<UInt64> {
      let dropped = try changed("[drop-token: 40%]", text, codes: codes, seed: seed).codes
      let left = dropped.filter { $0 != 0 }
      #expect(dropped == left + Array(repeating: 0, count: 8 - left.count))
      #expect(!left.isEmpty && left == left.sorted())
      let swapped = try changed("[swap-token: 50%]", text, codes: codes, seed: seed).codes
      #expect(swapped.sorted() == codes.sorted() && Array(swapped.suffix(3)) == [0, 0, 0])
      for (place, code) in swapped.prefix(5).enumerated() {
        #expect(abs(Int(code) - 5 - place) <= 1)
      }
    }
    #expect(try changed("[drop-token: 100%]", text, codes: codes, seed: 1).codes == codes)
  }

  @Test func `shifts, silences and amplifies sounds`() throws {
    let form = AudioForm(
      .logMel, rate: 100, samples: 9, window: 4, hop: 1, bands: 4, coefficients: 4)
    let sound = Feature(name: "s", kind: .audio, shape: [1, 4, 10], type: .float32, audio: form)
    let numbers = (0..<40).map { Float($0) - 60 }
    for seed in 0..<20 as Range<UInt64> {
      let shifted = try changed("[time-shift: 30%]", sound, numbers: numbers, seed: seed).numbers
      let shift = Int(shifted[5] - numbers[5])
      #expect(abs(shift) <= 3)
      for frame in 0..<10 {
        let isInside = (0..<10).contains(frame + shift)
        #expect(shifted[20 + frame] == (isInside ? numbers[20 + frame + shift] : -100))
      }
      let masked = try changed("[mask-time: 50%]", sound, numbers: numbers, seed: seed).numbers
      let silent = (0..<10).filter { masked[$0] == -100 }
      #expect(
        silent.count <= 5
          && (0..<10).allSatisfy { (masked[30 + $0] == -100) == silent.contains($0) })
      let bands = try changed("[mask-frequency: 50%]", sound, numbers: numbers, seed: seed).numbers
      let gone = (0..<4).filter { bands[$0 * 10] == -100 }
      #expect(gone.count <= 2 && bands.count { $0 == -100 } == 10 * gone.count)
      let louder = try changed("[gain: 6]", sound, numbers: numbers, seed: seed).numbers
      #expect(abs(louder[0] + 60) <= 6 && abs((louder[39] - louder[0]) - 39) < 1e-4)
    }
  }
}
