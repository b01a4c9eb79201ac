import Diagnostics
import Foundation
import Options
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct NormalizeTests {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  /// Loads a table of number columns, some of whose rows are for training.
  private func load(_ header: String, _ rows: [String]) throws {
    try stage.write("t.csv", header + ",y,fold\n" + rows.joined(separator: "\n") + "\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: y, task: classification, split: {column: fold}}",
      to: "loaded")
  }

  /// The rows of a split as a consumer gets them.
  private func batch(of dataset: Dataset, _ split: SplitName) throws -> Batch {
    let reader = try #require(dataset[split])
    var batch = try reader.gather(Array(0..<reader.rows))
    try DeferredSteps.apply(
      dataset.description.steps, to: &batch, in: StepContext(seed: 1, isTraining: false))
    return batch
  }

  private func numbers(_ dataset: Dataset, _ split: SplitName) throws -> [Float] {
    try #require(try batch(of: dataset, split).inputs["numbers"]).array(Float.self)
  }

  /// Loads the reference's table, its first rows for training.
  private func loadReference(_ reference: Value) throws {
    let values = try #require(reference["rows"]?.array).map(\.double)
    let training = try #require(reference["train"]?.int)
    let rows = stride(from: 0, to: values.count, by: 5).map { start in
      let cells = values[start..<start + 5].map { $0.map { "\(Float($0))" } ?? "" }
      return (cells + ["a", start / 5 < training ? "train" : "test"]).joined(separator: ",")
    }
    try load("a,b,c,d,f", rows)
  }

  @Test(
    arguments: [
      ("{z-score: {per: feature}}", "{z-score: {}}"), ("z-score", "{z-score: {}}"),
      ("min-max", "{min-max: {}}"), ("{min-max: {range: [-1, 1]}}", "{min-max: {range: [-1, 1]}}"),
      (
        "{min-max: {range: [-1, 1], out-of-range: clip}}",
        "{min-max: {range: [-1, 1], out-of-range: clip}}"
      ), ("max-abs", "max-abs"), ("robust", "robust"),
      ("{robust: {quantiles: [10%, 95%]}}", "{robust: {quantiles: [10%, 95%]}}"),
      ("{robust: {center: false}}", "{robust: {center: false}}"),
      ("{robust: {scale: false}}", "{robust: {scale: false}}"),
      ("{robust: {materialize: true}}", "robust"),
      ("{l1: {columns: [c, d, f]}}", "l1"), ("{l2: {columns: [c, d, f]}}", "l2"),
      ("{l2: {per: channel, columns: [c, d, f]}}", "{l2: {per: channel}}"),
      ("{max-abs: {per: sample, columns: [c, d, f]}}", "{max-abs: {per: sample}}"),
      ("{constants: {mean: [1000, 3, 4, 0, 1], std: [2, 0.5, 1, 10, 3]}}", "constants"),
    ])
  func `scales as scikit-learn does`(yaml: String, key: String) throws {
    let reference = try StageRun.reference("normalize")
    try loadReference(reference)
    let scaled = try stage.run(Normalize.self, yaml, to: "scaled", from: "loaded")
    let expected = try #require(reference["results"]?[key]?.array).map(\.double)
    let values = try numbers(scaled, .train) + numbers(scaled, .test)
    try #require(values.count == expected.count)
    for (value, wanted) in zip(values, expected) {
      guard let wanted else {
        #expect(value.isNaN)
        continue
      }
      #expect(abs(Double(value) - wanted) <= 1e-6 * max(1, abs(wanted)), "\(value), not \(wanted)")
    }
  }

  /// Where columns share a scale, what is lost is a part of the largest of them, here 1000.
  @Test(
    arguments: [
      ("z-score", 2e-6), ("min-max", 2e-6), ("{z-score: {per: dataset}}", 1e-4), ("robust", 2e-6),
      ("max-abs", 2e-6), ("{l2: {per: channel}}", 2e-6), ("{constants: {mean: 3, std: 7}}", 2e-6),
    ] as [(String, Float)])
  func `can be undone`(yaml: String, tolerance: Float) throws {
    try loadReference(StageRun.reference("normalize"))
    let scaled = try stage.run(Normalize.self, yaml, to: "scaled", from: "loaded")
    var batch = try batch(of: scaled, .test)
    let step = try #require(scaled.description.steps.last as? ScaleFeatures)
    try step.inverse(&batch)
    let values = try #require(try batch.inputs["numbers"]?.array(Float.self))
    for (value, original) in zip(values, scaled.numbers("numbers", .test)) {
      guard !original.isNaN else {
        #expect(value.isNaN)
        continue
      }
      #expect(abs(value - original) <= tolerance * max(1, abs(original)))
    }
  }

  @Test func `learns from the training split alone and leaves rows as they are`() throws {
    try load("x", ["0,a,train", "2,a,train", "100,a,validation", "-50,a,test"])
    let scaled = try stage.run(Normalize.self, "z-score", to: "scaled", from: "loaded")
    #expect(try numbers(scaled, .train) == [-1, 1])
    #expect(try numbers(scaled, .validation) == [99])
    #expect(try numbers(scaled, .test) == [-51])
    #expect(scaled.numbers("numbers") == [0, 2])
    #expect(stage.reporter.metrics["features"]?["numbers"]?["constant"]?.int == 0)
  }

  @Test func `scales after the steps before it`() throws {
    try load("x", ["0,a,train", "2,a,train", "4,a,test"])
    _ = try stage.run(Normalize.self, "z-score", to: "first", from: "loaded")
    let twice = try stage.run(Normalize.self, "min-max", to: "second", from: "first")
    #expect(try numbers(twice, .train) == [0, 1])
    #expect(try numbers(twice, .test) == [2])
  }

  @Test(
    arguments: [
      ("channel", [-1.34164, -0.44721, -1.34164, -0.44721, 0.44721, 1.34164, 0.44721, 1.34164]),
      ("feature", [-1, -1, -1, -1, 1, 1, 1, 1]),
      ("dataset", [-1.34164, -0.44721, -1.34164, -0.44721, 0.44721, 1.34164, 0.44721, 1.34164]),
    ] as [(String, [Float])])
  func `shares the scales of an image as told`(per: String, expected: [Float]) throws {
    try stage.write("t.csv", "p0,p1,p2,p3,y,fold\n0,1,0,1,a,train\n2,3,2,3,a,train\n")
    _ = try stage.run(
      Load.self,
      """
      {csv: t.csv, target: y, task: classification, split: {column: fold},
       features: {image: {columns: p*, height: 2, width: 2}}}
      """, to: "loaded")
    let scaled = try stage.run(
      Normalize.self, "{z-score: {per: \(per)}}", to: "scaled", from: "loaded")
    let values = try #require(try batch(of: scaled, .train).inputs["image"]?.array(Float.self))
    for (value, wanted) in zip(values, expected) { #expect(abs(value - wanted) < 1e-5) }
    let features = scaled.description.features
    let step = try #require(scaled.description.steps.last as? ScaleFeatures)
    #expect(step.transforming(features).first?.type == .float32)
    #expect((step.channelMaps(features) == nil) == (per == "feature"))
  }

  @Test func `leaves categories as they are, and refuses data without numbers`() throws {
    try load("x,c", ["1,red,a,train", "3,blue,a,train"])
    let scaled = try stage.run(Normalize.self, "min-max", to: "scaled", from: "loaded")
    #expect(try batch(of: scaled, .train).inputs["c"]?.array(Int32.self).sorted() == [0, 1])
    try load("c", ["red,a,train", "blue,b,train"])
    #expect(throws: Diagnostic.self) {
      try stage.run(Normalize.self, "min-max", to: "scaled", from: "loaded")
    }
  }

  @Test(
    arguments: [
      "{min-max: {range: [1, 1]}}", "{min-max: {range: [0]}}", "{z-score: {per: row}}", "[]",
      "[z-score, min-max]", "{z-score: {per: sample, out-of-range: clip}}",
      "{robust: {center: false, scale: false}}", "{robust: {quantiles: [75%, 25%]}}",
      "{l2: {epsilon: 0}}", "constants", "{constants: {}}", "{constants: {mean: 1}}",
      "{constants: {set: mnist, mean: 1, std: 1}}", "{constants: {mean: [1, 2], std: [1, 2, 3]}}",
      "{constants: {mean: 0, std: 0}}", "{constants: cifar}",
    ])
  func `refuses settings that mean nothing`(yaml: String) throws {
    let node = try Node(parsing: yaml, file: "p.yaml")
    #expect(throws: Diagnostics.self) {
      let settings = try Normalize.Settings.decode(node)
      try Diagnostics(Normalize.check(settings, node, in: ".")).throwIfErrors()
    }
  }

  /// Loads columns whose values are whole numbers near `offset`, written exactly.
  private func loadFar(_ offset: Int) throws {
    let rows = (0..<60).map { row in
      let value = offset + (row * 37) % 41 - 20
      return "\(value),\(row % 7 - 3),\(row % 2 == 0 ? "a" : "b"),\(row < 50 ? "train" : "test")"
    }
    try load("far,near", rows)
  }

  @Test(arguments: ["z-score", "robust", "min-max", "{z-score: {materialize: true}}"])
  func `keeps the digits of values far from zero`(yaml: String) throws {
    try loadFar(5_200_000)
    let scaled = try stage.run(Normalize.self, yaml, to: "scaled", from: "loaded")
    let far = try numbers(scaled, .train)
    try loadFar(0)
    let plain = try stage.run(Normalize.self, yaml, to: "scaled", from: "loaded")
    for (value, wanted) in zip(far, try numbers(plain, .train)) {
      #expect(abs(value - wanted) <= 1e-6 * max(1, abs(wanted)))
    }
  }

  @Test func `scales columns by methods of their own in one step`() throws {
    try load(
      "a,b,c,d",
      [
        "0,1,-4,7,x,train", "2,3,2,7,x,train", "4,5,0,7,x,train", "6,9,4,7,y,train",
        "8,50,2,8,y,test",
      ])
    let yaml = "[{min-max: {columns: a}}, {max-abs: {columns: [c, d]}}, robust]"
    let scaled = try stage.run(Normalize.self, yaml, to: "scaled", from: "loaded")
    #expect(scaled.description.steps.count == 1)
    let values = try numbers(scaled, .train)
    let columns: [[Float]] = [
      [0, 1 / 3, 2 / 3, 1], [-6 / 7, -2 / 7, 2 / 7, 10 / 7], [-1, 0.5, 0, 1], [1, 1, 1, 1],
    ]
    for (index, column) in columns.enumerated() {
      for (row, wanted) in column.enumerated() {
        #expect(abs(values[row * 4 + index] - wanted) < 1e-6)
      }
    }
    #expect(stage.reporter.metrics["features"]?["numbers"]?["constant"]?.int == 1)
    #expect(stage.reporter.metrics["method"]?.string == "min-max, max-abs, robust")
  }

  @Test(
    arguments: [
      ("{z-score: {columns: x}}", "nothing to normalise is named 'x'"),
      ("[{z-score: {columns: [a, b]}}, {l2: {columns: b}}]", "'b' is normalised by two methods"),
      ("constants: imagenet", "these constants are for images"),
      ("{constants: {mean: [1, 2, 3], std: 1, columns: [a, b]}}", "constants for 3 channels"),
    ])
  func `refuses columns that do not fit`(yaml: String, fact: String) throws {
    try load("a,b", ["0,1,x,train", "2,3,y,train"])
    let written = yaml.hasPrefix("constants") ? "{\(yaml)}" : yaml
    let problem = #expect(throws: Diagnostic.self) {
      try stage.run(Normalize.self, written, to: "scaled", from: "loaded")
    }
    #expect(problem?.message.contains(fact) == true, "\(problem?.message ?? "")")
  }

  @Test func `writes rows normalised when asked, and new rows go the same way`() throws {
    try load("a,b", ["0,1,x,train", "2,,y,train", "4,5,x,test"])
    let written = try stage.run(
      Normalize.self, "{z-score: {materialize: true}}", to: "written", from: "loaded")
    let deferred = try stage.run(Normalize.self, "z-score", to: "deferred", from: "loaded")
    let wanted = try numbers(deferred, .train)
    #expect(written.description.steps.isEmpty)
    #expect(written.description.applied.count == 1)
    for (value, wanted) in zip(written.numbers("numbers"), wanted) {
      #expect(value == wanted || (value.isNaN && wanted.isNaN))
    }
    #expect(written.numbers("numbers", .test) == (try numbers(deferred, .test)))
    #expect(written.rows(.test)?.target == deferred.rows(.test)?.target)
  }

  @Test func `takes images by the constants of other programs`() throws {
    try stage.write("t.csv", "p0,p1,p2,p3,y,fold\n0,51,102,255,a,train\n2,3,2,3,b,train\n")
    _ = try stage.run(
      Load.self,
      """
      {csv: t.csv, target: y, task: classification, split: {column: fold},
       features: {image: {columns: p*, height: 2, width: 2}}}
      """, to: "loaded")
    let scaled = try stage.run(Normalize.self, "{constants: mnist}", to: "scaled", from: "loaded")
    let values = try #require(try batch(of: scaled, .train).inputs["image"]?.array(Float.self))
    for (value, byte) in zip(values, [0, 51, 102, 255]) {
      #expect(abs(Double(value) - (Double(byte) / 255 - 0.1307) / 0.3081) < 1e-6)
    }
  }
}
