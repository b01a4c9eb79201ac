import Dataset
import Tensor
import Testing
import YAML

@testable import Learning

struct `Metrics` {
  @Test(arguments: 0..<4)
  func `of a classification agree with scikit-learn`(index: Int) throws {
    let stored = try Reference.read("metrics")
    let reference = try #require(stored["classification"]?[index])
    let expected = try #require(reference["expected"]?.object)
    let value = try ClassificationMetrics(
      logits: #require(reference["logits"]).numbers,
      labels: #require(reference["labels"]).integers,
      classes: #require(reference["classes"]?.int)
    ).value
    #expect(value["confusion"] == expected["confusion"])
    for (name, number) in expected where name != "confusion" {
      let own = try #require(value[name]?.double, "\(name)")
      #expect(try abs(own - #require(number.double)) < 1e-6, "\(name)")
    }
    #expect(Set(value.object?.keys.sorted() ?? []) == Set(expected.keys))
  }

  @Test func `of a regression agree with scikit-learn`() throws {
    let stored = try Reference.read("metrics")
    let reference = try #require(stored["regression"]?[0])
    let value = try RegressionMetrics(
      predictions: #require(reference["predictions"]).numbers,
      targets: #require(reference["targets"]).numbers
    ).value
    for (name, number) in reference["expected"]?.object ?? [:] {
      let own = try #require(value[name]?.double, "\(name)")
      #expect(try abs(own - #require(number.double)) < 1e-6, "\(name)")
    }
  }

  @Test(arguments: 0..<2)
  func `of several values agree with scikit-learn`(index: Int) throws {
    let stored = try Reference.read("metrics")
    let reference = try #require(stored["several values"]?[index])
    let names = try (0..<#require(reference["width"]?.int)).map { "v\($0)" }
    let value = try SeveralValues(
      predictions: #require(reference["predictions"]).numbers,
      targets: #require(reference["targets"]).numbers, names: names
    ).value
    for (name, number) in reference["expected"]?.object ?? [:] {
      let own = try #require(value[name]?.double, "\(name)")
      #expect(try abs(own / #require(number.double) - 1) < 1e-6, "\(name)")
    }
    for (place, name) in names.enumerated() {
      let own = try #require(value["outputs"]?[name])
      let error = try #require(reference["each mae"]?[place]?.double)
      #expect(try abs(#require(own["mae"]?.double) / error - 1) < 1e-6)
      guard let determination = own["r2"]?.double else {
        #expect(index == 1 && place == 1)
        continue
      }
      #expect(try abs(determination - #require(reference["each r2"]?[place]?.double)) < 1e-6)
    }
  }

  @Test(arguments: 0..<2)
  func `of labels agree with scikit-learn`(index: Int) throws {
    let stored = try Reference.read("metrics")
    let reference = try #require(stored["labels"]?[index])
    let names = try (0..<#require(reference["width"]?.int)).map { "l\($0)" }
    let truth = try #require(reference["truth"]).numbers
    let logits = try #require(reference["logits"]).numbers
    let value = LabelMetrics(logits: logits, truth: truth, names: names).value
    for (name, number) in reference["expected"]?.object ?? [:] {
      let own = try #require(value[name]?.double, "\(name)")
      #expect(try abs(own - #require(number.double)) < 1e-6, "\(name)")
    }
    for (place, name) in names.enumerated() {
      let own = try #require(value["labels"]?[name])
      for figure in ["auroc", "average-precision"] {
        let expected = reference["each \(figure)"]?[place]?.double
        #expect((own[figure]?.double == nil) == (expected == nil))
        #expect(abs((own[figure]?.double ?? 0) - (expected ?? 0)) < 1e-6)
      }
      #expect(
        try abs((own["f1"]?.double ?? 0) - #require(reference["each f1"]?[place]?.double)) < 1e-6)
    }
    let predictions = Predictions(
      logits: logits, width: names.count, values: truth, task: .multiLabel, names: names)
    #expect(predictions.metrics == value)
    #expect(predictions.accuracy == value["subset-accuracy"]?.double)
    #expect(predictions.agreement(with: predictions) == 1)
  }

  @Test func `of labels without an answer count as wrong`() {
    let metrics = LabelMetrics(
      logits: [1, -1, .nan, 2], truth: [1, 0, 1, 1], names: ["a", "b"])
    #expect(metrics.subsetAccuracy == 0.5)
    #expect(metrics.unanswered == 1)
    #expect(metrics.value["loss"] == nil)
    #expect(metrics.microF1 == 1)
  }

  @Test func `of nothing are finite`() {
    let metrics = ClassificationMetrics(logits: [], labels: [], classes: 3)
    #expect(metrics.accuracy == 0)
    #expect(metrics.areaUnderCurve == nil)
    #expect(RegressionMetrics(predictions: [], targets: []).meanAbsoluteError == 0)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `count rows without an answer as wrong`(value: Float) throws {
    let metrics = ClassificationMetrics(
      logits: [2, 0, value, 0, 0, 1, 0, 3], labels: [0, 0, 1, 1], classes: 2)
    #expect(metrics.unanswered == 1)
    #expect(metrics.accuracy == 0.75)
    #expect(metrics.balancedAccuracy == 0.75)
    #expect(metrics.areaUnderCurve == 1)
    #expect(metrics.calibrationError.isFinite)
    #expect(metrics.confusion == [[1, 0], [0, 2]])
    #expect(metrics.value["loss"] == nil)
    #expect(metrics.value["not-finite"] == 1)
    let values = RegressionMetrics(predictions: [1, value], targets: [1, 2])
    #expect(values.value == ["not-finite": 1])
  }

  @Test func `of answers none of which is finite trap nowhere`() {
    let metrics = ClassificationMetrics(
      logits: [.nan, .nan, .nan, .infinity], labels: [0, 1], classes: 2)
    #expect(metrics.accuracy == 0)
    #expect(metrics.areaUnderCurve == nil)
    #expect(metrics.calibrationError == 0)
  }

  /// The mean of a thousand tenths in double precision is none of them.
  @Test(arguments: [Float(0.1), 1e9, 1e-9])
  func `a constant truth of any size has no coefficient of determination`(value: Float) {
    let metrics = RegressionMetrics(
      predictions: [Float](repeating: value * 1.01, count: 1000),
      targets: [Float](repeating: value, count: 1000))
    #expect(metrics.determination == nil)
  }

  @Test func `a constant truth has no coefficient of determination`() {
    #expect(RegressionMetrics(predictions: [1, 2], targets: [3, 3]).determination == nil)
  }

  @Test func `agreement counts equal answers`() {
    let left = Predictions(logits: [1, 0, 0, 1, 2, 1], width: 2, classes: [0, 0, 0])
    let right = Predictions(logits: [3, 0, 1, 0, 2, 1], width: 2, classes: [0, 0, 0])
    #expect(left.largest == [0, 1, 0])
    #expect(abs(left.agreement(with: right) - 2.0 / 3) < 1e-12)
  }

  @Test(arguments: [Float(0.5), .nan, .infinity])
  func `the figure of a floor is the same without the other metrics`(value: Float) {
    var stream = RandomStream(seed: 6)
    var outputs = (0..<120).map { _ in Float(stream.normal(deviation: 1)) }
    outputs[7] = value
    let classes = (0..<40).map { _ in Float(stream.bounded(3)) }
    let labels = outputs.map { Float($0 + Float(stream.normal(deviation: 0.2)) > 0 ? 1 : 0) }
    for (task, truth) in [(Target.Task.classification, classes), (.multiLabel, labels)] {
      let target = Target(name: "t", task: task, classes: ["a", "b", "c"])
      let quality = target.quality(of: outputs, truth: truth)
      #expect(quality == target.metrics(of: outputs, truth: truth).quality)
      #expect(quality > 0.1)
    }
    let values = Target(name: "t", task: .regression)
    #expect(
      values.quality(of: outputs, truth: labels)
        == values.metrics(of: outputs, truth: labels).quality)
  }
}
