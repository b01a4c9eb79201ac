import Diagnostics
import Learning
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Targets of several values and of several labels, from the table to the quantised model.
@Suite struct `Several targets` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private func write(_ rows: Int = 300) throws {
    var stream = RandomStream(seed: 4)
    let lines = (0..<rows).map { row -> String in
      let (a, b) = (stream.normal(), stream.normal())
      let labels = [("sea", a > 0), ("sun", b > 0.5), ("old town", a + b < 0)]
      let given = labels.filter(\.1).map(\.0).joined(separator: ";")
      let words = labels.map { $0.1 ? "yes" : "no" }.joined(separator: ",")
      return "\(a),\(b),\(500 + 100 * a),\(0.01 * b - 0.02 * a),\(given),\(words)"
    }
    try stage.write(
      "t.csv", "a,b,big,small,tags,sea,sun,town\n" + lines.joined(separator: "\n") + "\n")
  }

  private let features = "features: {x: {columns: [a, b]}}"
  private let recipe =
    "epochs: 30, batch: 32, optimizer: {adamw: {learning-rate: 0.02}}"

  @Test func `are values, each in its own unit`() throws {
    try write()
    let dataset = try stage.run(
      Load.self, "{csv: t.csv, target: [big, small], \(features)}", to: "data")
    let target = try #require(dataset.description.target)
    #expect(target.task == .regression && target.columns == ["big", "small"])
    #expect(target.shape == [2] && target.name == "big, small")
    #expect(
      stage.reporter.metrics["decisions"]?[0]
        == "the targets big, small are taken for amounts, which are predicted together")
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [16]}}, \(recipe)}", to: "net", ["data": "data"])
    let test = try #require(stage.reporter.metrics["test"])
    #expect(try #require(test["r2"]?.double) > 0.97)
    for name in ["big", "small"] {
      #expect(try #require(test["outputs"]?[name]?["r2"]?.double) > 0.95)
    }
    let linear = stage.reporter.metrics["baselines"]?["linear"]?["test"]?["r2"]?.double
    #expect(try #require(linear) > 0.999)
    try stage.run(
      Distill.self, "{student: {mlp: {hidden: [8]}}, \(recipe)}", to: "student",
      ["teacher": "net", "data": "data"])
    #expect(try #require(stage.reporter.metrics["test"]?["r2"]?.double) > 0.95)
    #expect(stage.reporter.metrics["test"]?["distance"]?.double != nil)
    try stage.run(
      Quantize.self, "{weights: int8, activations: int8, floor: {accuracy: -5%}}", to: "small",
      ["model": "net", "data": "data"])
    let small = try #require(stage.reporter.metrics["test"])
    #expect(try #require(small["r2"]?.double) > 0.9)
    #expect(small["agreement"] == 1.0)
    #expect(abs(try #require(small["degradation"]?.double)) < 0.05)
  }

  @Test(arguments: [
    ("target: tags, task: multi-label", ["old town", "sea", "sun"]),
    ("target: tags, task: multi-label, separator: ';'", ["old town", "sea", "sun"]),
    ("target: [sea, s?n, town]", ["sea", "sun", "town"]),
  ])
  func `are labels, in one column or in one each`(target: String, labels: [String]) throws {
    try write()
    let dataset = try stage.run(
      Load.self,
      "{csv: t.csv, \(target), \(features), split: {train: 60%, test: 40%, stratify: true}}",
      to: "data")
    let own = try #require(dataset.description.target)
    #expect(own.task == .multiLabel && own.classes == labels && own.shape == [3])
    #expect((own.separator == ";") == target.contains("tags"))
    // Stratified: each split has its share of every label.
    let splits = stage.reporter.metrics["splits"]
    for label in labels {
      let train = try #require(splits?["train"]?["classes"]?[label]?.int)
      let test = try #require(splits?["test"]?["classes"]?[label]?.int)
      #expect(abs(Double(train) / Double(train + test) - 0.6) < 0.02)
    }
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [16]}}, \(recipe), class-weights: balanced}",
      to: "net", ["data": "data"])
    let test = try #require(stage.reporter.metrics["test"])
    #expect(try #require(test["subset-accuracy"]?.double) > 0.7)
    #expect(try #require(test["micro-f1"]?.double) > 0.85)
    #expect(try #require(test["labels"]?[labels[0]]?["auroc"]?.double) > 0.95)
    #expect(stage.reporter.metrics["baselines"]?["constant"]?["answer"]?.string != nil)
    guard target.hasSuffix("multi-label") else { return }
    try stage.run(
      Train.self, "{model: linear, epochs: 3, loss: focal, label-smoothing: 0.1}", to: "focal",
      ["data": "data"])
    try stage.run(
      Distill.self, "{student: {mlp: {hidden: [8]}}, \(recipe)}", to: "student",
      ["teacher": "net", "data": "data"])
    #expect(try #require(stage.reporter.metrics["test"]?["agreement"]?.double) > 0.7)
    try stage.run(
      Clip.self, "{weights: {percentile: 99.9}}", to: "clipped",
      ["model": "student", "data": "data"])
    #expect(stage.reporter.metrics["before"]?["test"]?["subset-accuracy"]?.double != nil)
    try stage.run(
      Quantize.self, "{weights: int8, activations: int8, floor: {accuracy: -10%}}", to: "small",
      ["model": "clipped", "data": "data"])
    let small = try #require(stage.reporter.metrics["test"])
    #expect(try #require(small["agreement"]?.double) > 0.85)
    #expect(small["degradation-interval"]?.array?.count == 2)
  }

  @Test func `are refused where a model answers others`() throws {
    try write(60)
    for (name, target) in [("one", "[big, small]"), ("two", "[small, a]")] {
      _ = try stage.run(
        Load.self, "{csv: t.csv, target: \(target), features: {x: {columns: [b]}}}", to: name)
    }
    try stage.run(Train.self, "{model: linear, epochs: 1}", to: "net", ["data": "one"])
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(
        Distill.self, "{student: linear, epochs: 1}", to: "s", ["teacher": "net", "data": "two"])
    }
    #expect(thrown?.message == "the teacher of stage 'net' answers 'big, small', not 'small, a'")
  }

  @Test func `count rows by a column of weights`() throws {
    try stage.write("w.csv", "x,y,w\n1,0,1\n2,1,0\n3,1,2.5\n4,0,-1\n5,1,\n")
    let dataset = try stage.run(
      Load.self, "{csv: w.csv, target: y, weight: w, split: {train: 100%}, bad-rows: skip}",
      to: "data")
    #expect(dataset.description.isWeighted)
    #expect(dataset[.train]?.block(at: [0, 1, 2]).weights == [1, 0, 2.5])
    #expect(dataset.description.features.flatMap(\.columns) == ["x"])
    #expect(
      stage.reporter.metrics["bad-rows"]?["listed"] == [
        "w.csv:5: the weight -1.0 in 'w' is below 0", "w.csv:6: the weight 'w' is missing",
      ])
  }

  @Test func `miss no value and say neither more nor less than yes or no`() throws {
    try stage.write("i.csv", "x,p,q\n1,0,1\n2,1,\n3,1,2\n4,TRUE,no\n")
    let dataset = try stage.run(
      Load.self,
      "{csv: i.csv, target: [p, q], task: multi-label, split: {train: 100%}, bad-rows: skip}",
      to: "data")
    #expect(dataset[.train]?.block(at: [0, 1]).target == .uint8([0, 1, 1, 0]))
    #expect(
      stage.reporter.metrics["bad-rows"]?["listed"] == [
        "i.csv:3: the target 'q' is missing",
        "i.csv:4: '2' in the column 'q' is neither 0 nor 1, nor true or false",
      ])
  }

  @Test func `of texts and numbers together are refused`() throws {
    try stage.write("i.csv", "x,p,q\n1,0,a\n2,1,b\n")
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(Load.self, "{csv: i.csv, target: [p, q]}", to: "data")
    }
    #expect(
      thrown?.message == "the column 'q' of several to predict holds no numbers, such as 'a'")
  }

  @Test func `of one column are classes where 1 and 1_0 are one`() throws {
    try stage.write("c.csv", "x,y\n1,1\n2,1.0\n3,0\n4,0.0\n")
    let dataset = try stage.run(
      Load.self, "{csv: c.csv, target: y, split: {train: 100%}}", to: "data")
    #expect(dataset.description.target?.classes == ["0", "1"])
    #expect(
      stage.reporter.metrics["decisions"]?[0]
        == .string(
          "the target 'y' holds 2 whole numbers, 0 to 1, in 4 rows, and each is taken for a class; "
            + "'task: regression' takes them for amounts"))
  }
}
