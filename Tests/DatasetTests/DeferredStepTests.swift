import Diagnostics
import Options
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct DeferredStepTests {
  private let crop: AugmentImages = {
    var crop = Crop()
    crop.padding = 2
    var flip = Flip()
    flip.horizontal = 0.5
    return AugmentImages(
      augmentations: [
        .init(crop), .init(Rotate()), .init(flip), .init(Translate()), .init(Scale()),
        .init(Shear()),
      ], fills: ["image": [0]])
  }()

  /// Images `[rows, 1, 3, 4]`, each with values of its own.
  private func batch(_ rows: [Int64]) throws -> Batch {
    let pixels = rows.flatMap { row in (0..<12).map { Float(row) + Float($0) / 16 } }
    return Batch(inputs: ["image": try Tensor(pixels, shape: [rows.count, 1, 3, 4])], rows: rows)
  }

  private func run(
    _ step: some DeferredStep, on rows: [Int64], epoch: Int = 0, seed: UInt64 = 5
  ) throws -> [[Float]] {
    var batch = try batch(rows)
    let context = StepContext(seed: seed, epoch: epoch, isTraining: true)
    try DeferredSteps.apply([step], to: &batch, in: context)
    let values = try #require(batch.inputs["image"]).array(Float.self)
    return stride(from: 0, to: values.count, by: 12).map { Array(values[$0..<$0 + 12]) }
  }

  @Test func `treats a row the same in whatever batch it comes`() throws {
    let rows = (0..<8).map(Int64.init)
    let together = try run(crop, on: rows)
    #expect(try run(crop, on: rows.reversed()) == together.reversed())
    for row in rows { #expect(try run(crop, on: [row]) == [together[Int(row)]]) }
  }

  @Test func `treats a row differently in another epoch and by another seed`() throws {
    let rows = (0..<8).map(Int64.init)
    let first = try run(crop, on: rows)
    #expect(try run(crop, on: rows, epoch: 1) != first)
    #expect(try run(crop, on: rows, seed: 6) != first)
  }

  @Test func `keeps images exactly that do not change`() throws {
    var rotate = Rotate()
    rotate.degrees = 0
    let still = AugmentImages(augmentations: [Augmentation(rotate)], fills: ["image": [0.5]])
    #expect(try run(still, on: [1, 2]) == run(still, on: [1, 2], epoch: 7))
    var batch = try batch([1, 2])
    let before = try #require(batch.inputs["image"]).array(Float.self)
    try still.apply(to: &batch, in: StepContext(seed: 1, isTraining: true))
    #expect(try batch.inputs["image"]?.array(Float.self) == before)
  }

  @Test(
    arguments: [
      (ImageMap.mirroredHorizontally, ImageMap.mirroredHorizontally),
      (.mirroredVertically, .mirroredVertically), (.rotation(degrees: 90), .rotation(degrees: -90)),
      (.shift(x: 1, y: -2), .shift(x: -1, y: 2)),
      (.rotation(degrees: 180), .mirroredHorizontally.then(.mirroredVertically)),
    ])
  func `undoes one map by another`(map: ImageMap, other: ImageMap) {
    #expect(map.then(other) == .identity)
    #expect(other.then(map) == .identity)
  }

  /// Checks what a map makes of the image 0 1 2 / 3 4 5 / 6 7 8, with 9 outside.
  @Test(
    arguments: [
      (.rotation(degrees: 90), [2, 5, 8, 1, 4, 7, 0, 3, 6]),
      (.mirroredHorizontally, [2, 1, 0, 5, 4, 3, 8, 7, 6]),
      (.mirroredVertically, [6, 7, 8, 3, 4, 5, 0, 1, 2]),
      (.shift(x: 1, y: 0), [1, 2, 9, 4, 5, 9, 7, 8, 9]),
      (.shift(x: 0, y: -1), [9, 9, 9, 0, 1, 2, 3, 4, 5]),
      (.shift(x: 0.5, y: 0), [0.5, 1.5, 5.5, 3.5, 4.5, 7, 6.5, 7.5, 8.5]),
      (.magnification(3), [8, 9, 10, 11, 12, 13, 14, 15, 16].map { Float($0) / 3 }),
      (.shear(degrees: 45), [9, 0, 1, 3, 4, 5, 7, 8, 9]),
      (
        ImageMap.shift(x: 1, y: 0).then(.rotation(degrees: 90)),
        [9, 9, 9, 2, 5, 8, 1, 4, 7]
      ),
    ] as [(ImageMap, [Float])])
  func `shows an image through a map`(map: ImageMap, expected: [Float]) throws {
    let image = try Tensor((0..<9).map { Float($0) }, shape: [1, 1, 3, 3])
    let fill = try Tensor([Float(9)], shape: [1, 1, 1, 1])
    let shown = try image.resampled(by: [map], outside: fill).array(Float.self)
    for (value, wanted) in zip(shown, expected) { #expect(abs(value - wanted) < 1e-5) }
  }

  @Test func `turns pictures that are not square without leaning them`() throws {
    let image = try Tensor((0..<12).map { Float($0) }, shape: [1, 1, 3, 4])
    let fill = try Tensor([Float(0)], shape: [1, 1, 1, 1])
    let turned = try image.resampled(by: [.rotation(degrees: 180)], outside: fill)
    let values = try turned.array(Float.self)
    for (value, wanted) in zip(values, (0..<12).reversed()) {
      #expect(abs(value - Float(wanted)) < 1e-4)
    }
  }

  @Test func `records scales and augmentations and reads them back`() throws {
    let limits = FeatureScale.Limits(low: [0, 0], high: [1, 2])
    let scale = FeatureScale(
      shape: [2], centers: [0.1, -3], scales: [2, 1e-3], base: -1, limits: limits)
    let steps: [any DeferredStep] = [ScaleFeatures(scales: ["numbers": scale]), crop]
    let text = Value.array(steps.map(DeferredSteps.encode)).canonicalJSON
    let read = try DeferredSteps.decode(
      #require(try Value(parsingJSON: text).array), file: "dataset.json")
    #expect((read[0] as? ScaleFeatures)?.scales == ["numbers": scale])
    #expect((read[1] as? AugmentImages)?.augmentations == crop.augmentations)
    #expect((read[1] as? AugmentImages)?.fills == crop.fills)
  }

  @Test(
    arguments: [
      ["kind": "normalize"],
      ["kind": "normalize", "settings": ["features": ["x": ["shape": [2]]]]],
      [
        "kind": "normalize",
        "settings": [
          "features": ["x": ["shape": [1], "centers": [0], "scales": [0], "base": 0]]
        ],
      ],
      [
        "kind": "normalize",
        "settings": [
          "features": [
            "x": ["shape": [4_294_967_296, 4_294_967_296], "centers": [], "scales": [], "base": 0]
          ]
        ],
      ],
      ["kind": "augment", "settings": ["steps": [["turn": 3]], "fills": [:]]],
      ["kind": "augment", "settings": ["steps": [["rotate": ["degrees": 1e9]]], "fills": [:]]],
      ["kind": "augment", "settings": ["steps": 3, "fills": [:]]],
    ] as [Value])
  func `refuses a recorded step that is damaged`(value: Value) {
    #expect(throws: Diagnostic.self) { try DeferredSteps.decode([value], file: "dataset.json") }
  }

  @Test func `refuses features of another shape`() throws {
    let scale = FeatureScale(shape: [2, 1, 1], centers: [0, 0], scales: [1, 1])
    var batch = try batch([1])
    #expect(throws: Diagnostic.self) {
      try ScaleFeatures(scales: ["image": scale])
        .apply(to: &batch, in: StepContext(seed: 1, isTraining: false))
    }
  }
}
