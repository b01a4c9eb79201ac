import Dataset
import Diagnostics
import Foundation
import Network
import Tensor
import Testing
import YAML

@testable import Learning

/// Models that need no training, and what they say of one that was trained.
@Suite struct BaselineTests {
  /// A dataset of two numbers and a category, split into training and test rows.
  private func dataset(
    _ rows: Int, in folder: TemporaryFolder, task: Target.Task,
    _ truth: (_ x: [Float], _ kind: Int32) -> Double
  ) throws -> Dataset {
    var stream = RandomStream(seed: 3)
    var writer = try DatasetWriter(
      directory: folder.path,
      features: [
        Feature(name: "x", kind: .numbers, shape: [2], type: .float32),
        Feature(
          name: "kind", kind: .category, shape: [1], type: .int32, categories: ["a", "b", "c"]),
      ],
      target: Target(
        name: "y", task: task, classes: task == .classification ? ["no", "yes"] : []))
    for split in [SplitName.train, .test] {
      let x = (0..<rows).map { _ in (0..<2).map { _ in Float(stream.normal(deviation: 2)) } }
      let kinds = (0..<rows).map { _ in Int32(stream.bounded(3)) }
      let values = zip(x, kinds).map { truth($0, $1) }
      try writer.append(
        Block(
          rows: (0..<rows).map(Int64.init),
          features: ["x": .float32(Array(x.joined())), "kind": .int32(kinds)],
          target: task == .classification
            ? .int64(values.map { $0 > 0 ? 1 : 0 }) : .float32(values.map(Float.init))),
        to: split)
    }
    _ = try writer.finish()
    return try Dataset(opening: folder.path)
  }

  @Test func `a linear model finds what is linear, far from zero too`() throws {
    let folder = try TemporaryFolder()
    let data = try dataset(500, in: folder, task: .regression) { x, kind in
      5_000_000 + 300 * Double(x[0]) - 120 * Double(x[1]) + 1000 * Double(kind)
    }
    let problem = try LearningProblem(data)
    let model = try #require(try LinearModel(problem, on: data))
    let answers = try #require(try model.logits(on: data, .test))
    guard case .float32(let truth) = data[.test]?.targets(0..<answers.count) else {
      Issue.record("values are float32")
      return
    }
    let metrics = RegressionMetrics(predictions: answers, targets: truth)
    #expect(try #require(metrics.determination) > 0.99999)
    // Single-precision values of that size lie half apart.
    #expect(metrics.rootMeanSquaredError < 1)
  }

  @Test func `a linear model tells classes apart that a line parts`() throws {
    let folder = try TemporaryFolder()
    let data = try dataset(500, in: folder, task: .classification) { x, kind in
      Double(x[0] - x[1]) + 2 * Double(kind) - 2
    }
    let problem = try LearningProblem(data)
    let model = try #require(try LinearModel(problem, on: data))
    let answers = try #require(try model.logits(on: data, .test))
    guard case .int64(let classes) = data[.test]?.targets(0..<answers.count / 2) else {
      Issue.record("classes are int64")
      return
    }
    let predictions = Predictions(logits: answers, width: 2, classes: classes.map { Int($0) })
    #expect(predictions.accuracy > 0.95)
    #expect(
      try Baselines(problem, on: data).answer
        == .string(
          problem.classCounts[1] > problem.classCounts[0] ? "yes" : "no"))
  }

  @Test func `equations are solved`() throws {
    let factor = try #require(Cholesky([4, 0, 0, 2, 5, 0, 1, 3, 6], size: 3))
    let solved = factor.solve([1, 2, 3])
    // By hand: the matrix is [[4, 2, 1], [2, 5, 3], [1, 3, 6]].
    for (row, right) in [([4.0, 2, 1], 1.0), ([2, 5, 3], 2), ([1, 3, 6], 3)] {
      #expect(abs(zip(row, solved).reduce(0) { $0 + $1.0 * $1.1 } - right) < 1e-12)
    }
    #expect(Cholesky([1, 0, 2, 1], size: 2) == nil)
  }

  private func classes(_ taken: [Int], of truth: [Int]) -> Predictions {
    Predictions(
      logits: taken.flatMap { label in (0..<2).map { $0 == label ? Float(1) : 0 } }, width: 2,
      classes: truth)
  }

  @Test(
    arguments: [
      ("the same class", "takes every one of the 100 test rows for the same class"),
      ("guesses", "no better than chance: answering 'no' every time gives 50.0%"),
      ("worse than a line", "a linear model does better: 99.0% of 100 test rows against 80.0%"),
      ("good", nil),
    ] as [(String, String?)])
  func `what classes say against a network`(name: String, words: String?) {
    let truth = (0..<100).map { $0 % 2 }
    let taken: [Int] =
      switch name {
      case "the same class": truth.map { _ in 1 }
      case "guesses": (0..<100).map { $0 / 2 % 2 }
      case "worse than a line": truth.indices.map { $0 % 5 == 0 ? 1 - truth[$0] : truth[$0] }
      default: truth.indices.map { $0 == 3 ? 1 - truth[$0] : truth[$0] }
      }
    let line = truth.indices.map { $0 == 7 ? 1 - truth[$0] : truth[$0] }
    let review = ResultReview(
      classes(taken, of: truth),
      (classes(truth.map { _ in 0 }, of: truth), classes(line, of: truth)), answer: "'no'", "test")
    if let words {
      #expect(review.warning?.message.contains(words) == true, "\(review.warning as Any)")
    } else {
      #expect(review.warning == nil)
    }
  }

  @Test(
    arguments: [
      (0.0, "answers about the same"), (-1.0, "is no better than answering the mean every time"),
      (0.5, "a linear model does better: its error (RMSE) on 50 test rows is 0.5"), (1, nil),
    ] as [(Double, String?)])
  func `what values say against a network`(slope: Double, words: String?) {
    let truth = (0..<50).map { Float($0) - 24.5 }
    func answers(_ slope: Double, _ error: Float) -> Predictions {
      Predictions(
        logits: truth.indices.map { Float(slope) * truth[$0] + ($0 % 2 == 0 ? error : -error) },
        width: 1, values: truth)
    }
    let review = ResultReview(
      answers(slope, 0), (answers(0, 0), answers(1, 0.5)), answer: "the mean", "test")
    if let words {
      #expect(review.warning?.message.contains(words) == true, "\(review.warning as Any)")
    } else {
      #expect(review.warning == nil)
    }
  }

  @Test func `nothing is said of a few rows, or of what is no number`() {
    for (count, value) in [(10, Float(0)), (50, .nan)] {
      let own = Predictions(
        logits: [Float](repeating: value, count: count), width: 1,
        values: (0..<count).map(Float.init))
      #expect(ResultReview(own, (own, nil), answer: "the mean", "test").warning == nil)
    }
  }

  @Test(arguments: [
    (4, 0.5, false), (5, 0.5, true), (10, 0.5, true), (10, 0.99, false), (6, 0.99, false),
  ])
  func `of a few rows it is told where a line does better for almost all of them`(
    count: Int, slope: Float, isTold: Bool
  ) {
    let truth = (0..<count).map { $0 % 2 == 0 ? Float(1) : -1 }
    func answers(_ value: (Int) -> Float) -> Predictions {
      Predictions(logits: truth.indices.map(value), width: 1, values: truth)
    }
    let own = answers { slope * truth[$0] }
    // The line is off by about as much as the better network, here more and there less.
    let line = answers { truth[$0] + ($0 % 3 == 0 ? 0.02 : 0.001) }
    let mean = answers { _ in 0 }
    let warning = ResultReview(own, (mean, line), answer: "the mean", "test").warning
    #expect((warning?.message.contains("a linear model does better") ?? false) == isTold)
  }

  @Test(arguments: [(4.0, 2.132), (9, 1.833), (19, 1.729), (99, 1.660)])
  func `quantiles of Student's distribution are as in tables`(freedom: Double, value: Double) {
    #expect(abs(ResultReview.quantile(freedom: freedom) / value - 1) < 0.01)
  }
}
