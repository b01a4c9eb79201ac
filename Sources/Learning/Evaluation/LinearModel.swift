package import Dataset
import Network
import Tensor

/// A linear model in closed form: ridge regression by the normal equations, in double precision, on
/// standardised columns; for classes and labels onto an indicator of each, the largest of which is taken,
/// or every one above a half (Hastie, Tibshirani and Friedman 2009, sections 3.4.1 and 4.2).
///
/// It is what can be had in a moment and without a choice, for a network to be held against.
package struct LinearModel: Sendable {
  private let rows: RowMatrix
  /// Of each column, over the rows that have it.
  private let means: Tensor
  private let scales: Tensor
  /// `[width, outputs]`
  private let weights: Tensor
  /// `[outputs]`, the mean of the targets.
  private let shift: Tensor
  private let outputs: Int
  private let target: Target

  /// Wider rows are left alone: the equations grow with the square of the width.
  package static let largestWidth = 1024
  /// The most multiplications that forming the equations may take; of more rows, a part is read.
  private static let mostWork = 4e10

  /// Fits the training split.
  ///
  /// - Returns: Nothing where rows are too wide, or nothing follows from them.
  package init?(_ problem: LearningProblem, on dataset: Dataset) throws {
    rows = RowMatrix(dataset)
    outputs = problem.outputs
    target = problem.target
    let width = rows.width
    guard let reader = dataset[.train], reader.rows > 1, width + outputs <= Self.largestWidth else {
      return nil
    }
    let work = Double(reader.rows) * Double(width * width)
    let step = max(1, Int((work / Self.mostWork).rounded(.up)))
    let (rows, outputs, task) = (rows, outputs, target.task)

    var count = 0.0
    var (known, sum, squares) = (
      try Self.zeros(width), try Self.zeros(width), try Self.zeros(width)
    )
    var targets = try Self.zeros(outputs)
    try rows.forEachBlock(of: reader, step: step) { block, batch in
      let present = try block.isNaN().not().to(.float64)
      let values = try block.filled(where: block.isNaN(), with: 0)
      known = try known + present.sum(0)
      sum = try sum + values.sum(0)
      squares = try squares + values.square().sum(0)
      targets = try targets + Self.targets(batch, outputs, task).sum(0)
      count += Double(block.shape[0])
    }
    let means = try sum / known.clamp(1)
    let variances = try (squares / known.clamp(1) - means.square()).clamp(0)
    // A column that does not vary, but for rounding, says nothing.
    let deviations = try variances.sqrt()
    let isConstant = try deviations <= means.abs() * 1e-7 + 1e-30
    let scales = try (1 / deviations).filled(where: isConstant, with: 0)
    let shift = try targets / count

    var products = try Tensor.zeros([width, width], type: .float64)
    var moments = try Tensor.zeros([width, outputs], type: .float64)
    try rows.forEachBlock(of: reader, step: step) { block, batch in
      let values = try Self.standardized(block, means, scales)
      let turned = try values.transpose()
      products = try products + turned.matmul(values)
      moments = try moments + turned.matmul(Self.targets(batch, outputs, task) - shift)
    }
    // The fewer rows there are for each column, the more the weights are held back.
    let share = Double(width) / count
    let penalty = count * (1e-6 + 0.1 * share * share)
    let matrix = try (products + Tensor.identity(width, type: .float64) * penalty)
      .array(Double.self)
    guard let factor = Cholesky(matrix, size: width) else { return nil }
    let right = try moments.transpose().contiguous().array(Double.self)
    var solved: [Double] = []
    for output in 0..<outputs {
      solved += factor.solve(Array(right[output * width..<(output + 1) * width]))
    }
    guard solved.allSatisfy(\.isFinite) else { return nil }
    weights = try Tensor(solved, shape: [outputs, width]).transpose()
    (self.means, self.scales, self.shift) = (means, scales, shift)
  }

  /// What it answers for every row of a split, row-major `[rows, outputs]`; nothing where there is no such row.
  package func logits(on dataset: Dataset, _ split: SplitName) throws -> [Float]? {
    guard let reader = dataset[split], reader.rows > 0 else { return nil }
    var logits: [Float] = []
    logits.reserveCapacity(reader.rows * outputs)
    // An indicator above a half is what a logit above 0 is.
    let threshold = target.task == .multiLabel ? LabelMetrics.threshold : 0
    try rows.forEachBlock(of: reader) { block, _ in
      let values = try Self.standardized(block, means, scales)
      let answers = try values.matmul(weights) + shift - threshold
      logits += try answers.to(.float32).array(Float.self)
    }
    return logits
  }

  private static func zeros(_ width: Int) throws -> Tensor {
    try Tensor.zeros([width], type: .float64)
  }

  /// A block with columns of mean 0 and deviation 1; what is missing is taken for the mean.
  private static func standardized(
    _ block: Tensor, _ means: Tensor, _ scales: Tensor
  ) throws -> Tensor {
    let values = try (block - means) * scales
    return try values.filled(where: values.isFinite().not(), with: 0)
  }

  /// `[rows, outputs]`: the values, or an indicator of each class or label.
  private static func targets(
    _ batch: Batch, _ outputs: Int, _ task: Target.Task
  ) throws -> Tensor {
    guard let target = batch.target else { preconditionFailure("the rows have no target") }
    guard task == .classification else {
      return try target.reshape([-1, outputs]).to(.float64)
    }
    return try target.oneHot(classes: outputs).to(.float64)
  }
}
