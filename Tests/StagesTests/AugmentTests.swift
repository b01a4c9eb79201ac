import Diagnostics
import Foundation
import Options
import Pipeline
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
    let step = try #require(varied.description.steps.first as? AugmentRows)
    #expect(step.features["image"]?.fill == [0])
    #expect(step.features["image"]?.light == 0...15)
    #expect(changed.allSatisfy { $0 > 0.999 && $0 < 2.001 })
  }

  @Test func `refuses data without images`() throws {
    try stage.write("t.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n9,a\n10,b\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y}", to: "loaded")
    let problem = #expect(throws: Diagnostic.self) {
      try stage.run(Augment.self, "[rotate: 10]", to: "varied", from: "loaded")
    }
    #expect(
      problem?.message == "there is nothing that 'rotate' could change: the data has no images")
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
      "[color]", "[color: {hue: 1}]", "[crop: {padding: 2, area: [10%, 20%]}]",
      "[crop: {area: [50%, 20%]}]", "[crop: {area: [10%]}]", "[erase: {area: [50%, 20%]}]",
      "[noise: -1]", "[mixup: 0]", "[policy: auto-augment]", "[policy]", "{copies: 2}",
      "{steps: [mixup], copies: 2}", "{steps: [rotate], copies: -1}",
      "{steps: [rotate], resampling: {border: wrap}}", "[mask-time: 200%]",
      "[policy: {rand-augment: {magnitude: 31}}]",
    ])
  func `refuses settings that mean nothing`(yaml: String) throws {
    let node = try Node(parsing: yaml, file: "p.yaml")
    #expect(throws: Diagnostics.self) {
      let settings = try Augment.Settings.decode(node)
      try Diagnostics(Augment.check(settings, node, in: ".")).throwIfErrors()
    }
  }

  private static let table = """
    a,b,colour,y,fold
    1,100,red,x,train
    2,200,red,y,train
    3,300,blue,x,train
    4,400,green,y,train
    5,500,blue,x,train
    9,900,red,y,test

    """

  private func batch(
    _ dataset: Dataset, _ rows: [Int], seed: UInt64 = 3, epoch: Int = 0
  ) throws -> Batch {
    let reader = try #require(dataset[.train])
    var batch = try reader.gather(rows)
    var context = StepContext(seed: seed, epoch: epoch, isTraining: true)
    context.reader = reader
    try DeferredSteps.apply(dataset.description.steps, to: &batch, in: context)
    return batch
  }

  @Test func `varies numbers in the unit of their column, and takes values from others`() throws {
    try stage.write("t.csv", Self.table)
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {column: fold}}", to: "loaded")
    let varied = try stage.run(
      Augment.self,
      "[jitter: {sigma: 0.5, columns: a}, swap-noise: {share: 60%, columns: [b, colour]}]",
      to: "varied", from: "loaded")
    let step = try #require(varied.description.steps.first as? AugmentRows)
    let deviations: [Double] = [2, 20_000].map { $0.squareRoot() }
    #expect(step.features["numbers"]?.deviations == deviations)
    var changes: [Float] = []
    var swapped: Set<Float> = []
    var colours: Set<Int32> = []
    for epoch in 0..<40 {
      let batch = try batch(varied, [0, 2], epoch: epoch)
      let numbers = try #require(batch.inputs["numbers"]).array(Float.self)
      changes += [numbers[0] - 1, numbers[2] - 3]
      swapped.formUnion([numbers[1], numbers[3]])
      colours.formUnion(try #require(batch.inputs["colour"]).array(Int32.self))
    }
    #expect(swapped == [100, 200, 300, 400, 500])
    #expect(colours.count == 3)
    let deviation = (changes.reduce(0) { $0 + $1 * $1 } / Float(changes.count)).squareRoot()
    #expect(abs(Double(deviation) - 0.5 * deviations[0]) < 0.2, "\(deviation)")
  }

  /// Images of one grey each, whose class is told by it.
  private func loadGreys() throws {
    let names = (0..<16).map { "p\($0)" }.joined(separator: ",")
    let rows = (0..<12).map { row in
      let pixels = (0..<16).map { _ in "\(row * 20)" }.joined(separator: ",")
      return "\(pixels),\(["a", "b", "c"][row % 3]),\(row < 10 ? "train" : "test")\n"
    }
    try stage.write("t.csv", "\(names),y,fold\n" + rows.joined())
    _ = try stage.run(
      Load.self,
      """
      {csv: t.csv, target: y, task: classification, split: {column: fold},
       features: {image: {columns: p*, height: 4, width: 4}}}
      """, to: "loaded")
  }

  @Test(arguments: [
    "mixup: 1", "cutmix: 1", "rotate: 30, mixup: {alpha: 1, probability: 50%}, cutmix",
  ])
  func `mixes rows alike in batches of any size`(yaml: String) throws {
    try loadGreys()
    let steps =
      yaml.split(separator: ", ").count > 1
      ? "[rotate: 30, mixup: {alpha: 1, probability: 50%}, cutmix]" : "[\(yaml)]"
    _ = try stage.run(Augment.self, steps, to: "varied", from: "loaded")
    let varied = try stage.run(Normalize.self, "z-score", to: "scaled", from: "varied")
    let whole = try batch(varied, Array(0..<10))
    let target = try #require(whole.target)
    #expect(target.shape == [10, 3])
    let weights = try target.array(Float.self)
    let images = try #require(whole.inputs["image"]).array(Float.self)
    for row in 0..<10 {
      #expect(abs(weights[3 * row..<3 * row + 3].reduce(0, +) - 1) < 1e-6)
      let alone = try batch(varied, [row])
      let own = try #require(alone.inputs["image"]).array(Float.self)
      #expect(own == Array(images[16 * row..<16 * row + 16]))
      // A row that is mixed with nothing when alone keeps its class.
      let ownWeights = try #require(alone.target)
      if ownWeights.rank == 2 {
        #expect(try ownWeights.array(Float.self) == Array(weights[3 * row..<3 * row + 3]))
      }
    }
  }

  @Test func `mixes the target by the share of the pixels`() throws {
    try loadGreys()
    let varied = try stage.run(Augment.self, "[cutmix: 1]", to: "varied", from: "loaded")
    let batch = try batch(varied, [0, 1, 2, 3])
    let images = try #require(batch.inputs["image"]).array(Float.self)
    let weights = try #require(batch.target).array(Float.self)
    for row in 0..<4 {
      let own = Float(row * 20)
      let pixels = images[16 * row..<16 * row + 16]
      let kept = Float(pixels.count { $0 == own }) / 16
      let other = pixels.first { $0 != own }
      guard let other, Int(other) / 20 % 3 != row % 3 else { continue }
      #expect(abs(weights[3 * row + row % 3] - kept) < 1e-6)
      #expect(abs(weights[3 * row + Int(other) / 20 % 3] - (1 - kept)) < 1e-6)
    }
  }

  @Test func `writes changed copies beside each training row`() throws {
    try loadImages()
    let written = try stage.run(
      Augment.self, "{steps: [crop: 2, noise], copies: 2}", to: "written", from: "loaded")
    let loaded = try Dataset(opening: stage.path + "/loaded")
    let old = try #require(loaded.rows(.train))
    let new = try #require(written.rows(.train))
    #expect(new.count == 3 * old.count)
    #expect(Set(new.rows).count == new.count)
    #expect(stride(from: 0, to: new.count, by: 3).map { new.rows[$0] } == old.rows)
    #expect(new.rows.map { RowCopy(id: $0).row } == old.rows.flatMap { [$0, $0, $0] })
    #expect(
      new.selecting(stride(from: 0, to: new.count, by: 3).map { $0 }).features == old.features)
    #expect(new.features["image"]?.type == .uint8)
    #expect(written.rows(.test)?.features == loaded.rows(.test)?.features)
    #expect(written.description.steps.isEmpty)
    #expect(
      written.description.name(of: new.rows[1]).hasPrefix("copy 1 of row \(old.rows[0] + 1)"))
  }

  @Test func `draws a sheet of images and refuses tables`() throws {
    try loadImages()
    let varied = try stage.run(Augment.self, "[rotate]", to: "varied", from: "loaded")
    let path = stage.path + "/sheet.png"
    try ContactSheet(varied).write(to: path)
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    let info = try ImageCodec.probe(bytes)
    // Eight rows of eight pictures of 4 x 4 pixels, each 24 times as large.
    #expect(info.height == 8 * 100 + 4 && info.width == 8 * 100 + 16)
    try ContactSheet(Dataset(opening: stage.path + "/loaded")).write(to: path)
    try stage.write("t.csv", Self.table)
    let table = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {column: fold}}", to: "table")
    let problem = #expect(throws: Diagnostic.self) { try ContactSheet(table) }
    #expect(problem?.message.hasPrefix("there is no picture of") == true)
  }
}
