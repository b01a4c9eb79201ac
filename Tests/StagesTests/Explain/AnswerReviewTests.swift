import Dataset
import Learning
import Tensor
import Testing
import YAML

@testable import Stages

@Suite struct `A review of answers` {
  /// Of a logit above about 37 the probability is 1 in 64 bits, and that of the opposite 0.
  @Test func `orders labels that are surely wrong`() {
    let target = Target(name: "t", task: .multiLabel, classes: ["a", "b"])
    let review = AnswerReview(
      Predictions(
        logits: [40, 0, -100, 0, 400, 0, 60, 0], width: 2, values: [0, 1, 1, 1, 0, 1, 1, 1],
        task: .multiLabel, names: target.classes), target)
    let worst = review.worst
    #expect(worst.map(\.place) == [2, 1, 0, 3])
    let half = 0.693147180559945 / 2
    for (row, loss) in zip(worst, [200 + half, 50 + half, 20 + half, half]) {
      #expect(abs(row.loss - loss) < 1e-9)
    }
    #expect(review.words(of: 0) == ("b", "a"))
    #expect(review.words(of: 1) == ("a, b", "none"))
    #expect(review.metrics == nil && review.value == [:])
  }

  /// A probability of less than e⁻⁷⁴⁵ is 0 in 64 bits.
  @Test func `orders classes that are surely wrong`() {
    let target = Target(name: "t", task: .classification, classes: ["a", "b"])
    let review = AnswerReview(
      Predictions(logits: [800, 0, 2000, 0, 1, 0], width: 2, classes: [1, 1, 0]), target)
    #expect(review.worst.map(\.place) == [1, 0, 2])
    #expect(review.worst.prefix(2).map(\.loss) == [2000, 800])
    #expect(review.words(of: 0) == ("b", "a (100.0%)"))
    #expect(review.words(of: 2) == ("a", "a (73.1%)"))
  }

  @Test func `has the bins that the calibration error is over`() throws {
    var stream = RandomStream(seed: 2)
    let labels = (0..<200).map { _ in Int(stream.bounded(3)) }
    let logits = (0..<600).map { _ in Float(stream.normal(deviation: 2)) }
    let metrics = ClassificationMetrics(logits: logits, labels: labels, classes: 3)
    #expect(metrics.calibration.map(\.rows).reduce(0, +) == 200)
    var (error, right) = (0.0, 0.0)
    for bin in metrics.calibration {
      #expect(bin.rows > 0 && bin.confidence > bin.low - 1e-12 && bin.confidence <= bin.high)
      error += Double(bin.rows) / 200 * abs(bin.confidence - bin.accuracy)
      right += Double(bin.rows) / 200 * bin.accuracy
    }
    #expect(abs(error - metrics.calibrationError) < 1e-12)
    #expect(abs(right - metrics.accuracy) < 1e-12)
  }

  @Test func `of values has the squared error`() {
    let target = Target(name: "t", task: .regression)
    let review = AnswerReview(
      Predictions(logits: [1, 5], width: 1, values: [2, 2.5]), target)
    #expect(review.worst.map(\.place) == [1, 0])
    #expect(review.worst.map(\.loss) == [6.25, 1])
    #expect(review.words(of: 1) == ("2.5", "5.0"))
  }
}
