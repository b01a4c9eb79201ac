import Diagnostics
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct DeferredStepTests {
  private static let image = Feature(
    name: "image", kind: .image, shape: [1, 3, 4], type: .float32)

  private static func facts(fill: Float) -> AugmentedFeature {
    var facts = AugmentedFeature(image)
    facts.fill = [fill]
    facts.light = 0...9
    return facts
  }

  private static func decoded(_ yaml: String) throws -> [Augmentation] {
    try [Augmentation].decode(Node(parsing: yaml, file: "p.yaml"))
  }

  /// Every change of images, at least once.
  private let steps: AugmentRows

  init() throws {
    let yaml = """
      [crop: 2, rotate, flip: {horizontal: 50%}, translate, scale, shear, noise: 0.1,
       color: {brightness: 0.5, contrast: 0.5, saturation: 0.5, hue: 0.2},
       crop: {area: [20%, 100%]}, erase: {fill: noise, probability: 100%}, policy: rand-augment,
       policy: trivial-augment, policy: {rand-augment: {operations: 3, magnitude: 20}}]
      """
    steps = AugmentRows(try Self.decoded(yaml), of: [Self.facts(fill: 0)])
  }

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
    let together = try run(steps, on: rows)
    #expect(try run(steps, on: rows.reversed()) == together.reversed())
    for row in rows { #expect(try run(steps, on: [row]) == [together[Int(row)]]) }
  }

  @Test func `treats a row differently in another epoch and by another seed`() throws {
    let rows = (0..<8).map(Int64.init)
    let first = try run(steps, on: rows)
    #expect(try run(steps, on: rows, epoch: 1) != first)
    #expect(try run(steps, on: rows, seed: 6) != first)
  }

  @Test func `keeps images exactly that do not change`() throws {
    let still = AugmentRows(try Self.decoded("[rotate: 0]"), of: [Self.facts(fill: 0.5)])
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
    let shown = try image.changed(by: program(map, fill: 9)).array(Float.self)
    for (value, wanted) in zip(shown, expected) { #expect(abs(value - wanted) < 1e-5) }
  }

  private func program(_ map: ImageMap, fill: Float) -> ImageProgram {
    var changes = ImageChanges(height: 3, width: 3)
    changes.append(map)
    return ImageProgram([changes.finish()], fill: [fill])
  }

  @Test func `turns pictures that are not square without leaning them`() throws {
    let image = try Tensor((0..<12).map { Float($0) }, shape: [1, 1, 3, 4])
    let turned = try image.changed(by: program(.rotation(degrees: 180), fill: 0))
    let values = try turned.array(Float.self)
    for (value, wanted) in zip(values, (0..<12).reversed()) {
      #expect(abs(value - Float(wanted)) < 1e-4)
    }
  }

  @Test func `records scales and augmentations and reads them back`() throws {
    let limits = FeatureScale.Limits(low: [0, 0], high: [1, 2])
    let scale = FeatureScale(
      shape: [2], centers: [0.1, -3], scales: [2, 1e-3], base: -1, limits: limits)
    let rows = ScaleRows(parts: [
      "numbers": [
        .init(.minMax(low: -1, high: 1), elements: [0, 2]),
        .init(.robust(isCentered: false, quantiles: 0.1...0.9), elements: [1]),
      ],
      "image": [.init(.l2(least: 1e-12))], "a": [.init(.zScore)], "b": [.init(.maxAbs)],
      "c": [.init(.l1(least: 0.5))], "d": [.init(.robust(isCentered: true, quantiles: nil))],
    ])
    let steps: [any DeferredStep] = [
      ScaleFeatures(scales: ["numbers": scale]), self.steps, rows,
    ]
    let text = Value.array(steps.map(DeferredSteps.encode)).canonicalJSON
    let read = try DeferredSteps.decode(
      #require(try Value(parsingJSON: text).array), file: "dataset.json")
    #expect((read[0] as? ScaleFeatures)?.scales == ["numbers": scale])
    #expect((read[1] as? AugmentRows)?.augmentations == self.steps.augmentations)
    #expect((read[1] as? AugmentRows)?.features == self.steps.features)
    #expect((read[2] as? ScaleRows)?.parts == rows.parts)
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
      ["kind": "augment", "settings": ["steps": [["turn": 3]], "features": [:]]],
      ["kind": "augment", "settings": ["steps": [["rotate": ["degrees": 1e9]]], "features": [:]]],
      ["kind": "augment", "settings": ["steps": 3, "features": [:]]],
      ["kind": "augment", "settings": ["steps": [], "features": ["x": ["fill": [0]]]]],
      [
        "kind": "normalize-rows",
        "settings": ["features": ["x": [["method": "l2", "least": 0.0]]]],
      ],
      [
        "kind": "normalize-rows",
        "settings": ["features": ["x": [["method": "z-score", "elements": [2, 1]]]]],
      ],
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
