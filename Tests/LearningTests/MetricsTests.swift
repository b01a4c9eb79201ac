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
}
