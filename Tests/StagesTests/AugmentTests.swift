import Diagnostics
import Options
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct AugmentTests {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  /// Images of 4 x 4 pixels from 0 to 15, ten for training and two for the test.
  private func loadImages() throws {
    let names = (0..<16).map { "p\($0)" }.joined(separator: ",")
    let pixels = (0..<16).map { "\($0)" }.joined(separator: ",")
    let rows = (0..<12).map { "\(pixels),a,\($0 < 10 ? "train" : "test")\n" }
    try stage.write("t.csv", "\(names),y,fold\n" + rows.joined())
    _ = try stage.run(
      Load.self,
      """
      {csv: t.csv, target: y, task: classification, split: {column: fold},
       features: {image: {columns: p*, height: 4, width: 4}}}
      """, to: "loaded")
  }

  private func images(_ dataset: Dataset, _ split: SplitName, isTraining: Bool) throws -> [Float] {
    let reader = try #require(dataset[split])
    var batch = try reader.gather(Array(0..<reader.rows))
    try DeferredSteps.apply(
      dataset.description.steps, to: &batch, in: StepContext(seed: 3, isTraining: isTraining))
    return try #require(batch.inputs["image"]).array(Float.self)
  }

  @Test func `changes batches in training alone, and no stored row`() throws {
    try loadImages()
    _ = try stage.run(Normalize.self, "{min-max: {range: [1, 2]}}", to: "scaled", from: "loaded")
    let varied = try stage.run(
      Augment.self, "[crop: {padding: 2}, rotate: 20, flip: {horizontal: 50%}]", to: "varied",
      from: "scaled")
    let scaled = try Dataset(opening: stage.path + "/scaled")
    for split in [SplitName.train, .test] {
      #expect(varied.rows(split)?.features == scaled.rows(split)?.features)
      #expect(
        try images(varied, split, isTraining: false) == images(scaled, split, isTraining: false))
    }
    let changed = try images(varied, .train, isTraining: true)
    #expect(changed != (try images(scaled, .train, isTraining: true)))
    #expect(try images(varied, .train, isTraining: true) == changed)
    // What comes in from outside is what zero is scaled to, and nothing lies beyond the pixels.
    #expect((varied.description.steps.last as? AugmentImages)?.fills == ["image": [1]])
    #expect(changed.allSatisfy { $0 > 0.999 && $0 < 2.001 })
  }

  @Test func `refuses data without images`() throws {
    try stage.write("t.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y}", to: "loaded")
    let problem = #expect(throws: Diagnostic.self) {
      try stage.run(Augment.self, "[rotate: 10]", to: "varied", from: "loaded")
    }
    #expect(problem?.message == "there is nothing to augment: the data has no image")
    #expect(problem?.notes.isEmpty == false)
  }

  @Test func `refuses a crop that can leave nothing`() throws {
    try loadImages()
    #expect(throws: Diagnostic.self) {
      try stage.run(Augment.self, "[crop: 4]", to: "varied", from: "loaded")
    }
  }

  @Test(
    arguments: [
      "[]", "[flip: {horizontal: 0%}]", "[flip]", "[rotate: 200]", "[crop: 0]", "[turn: 5]",
    ])
  func `refuses settings that mean nothing`(yaml: String) throws {
    let node = try Node(parsing: yaml, file: "p.yaml")
    #expect(throws: Diagnostics.self) {
      let settings = try Augment.Settings.decode(node)
      try Diagnostics(Augment.check(settings, node, in: ".")).throwIfErrors()
    }
  }
}
