package import Dataset
import Options
package import Tensor
import Diagnostics

/// What a training makes small.
package enum LossFunction: String, CaseIterable, NamedOption {
  case crossEntropy, bce, focal, mse, mae, huber

  /// Whether it is of use for a task.
  package func suits(_ task: Target.Task) -> Bool {
    switch self {
    case .crossEntropy: task == .classification
    case .bce: task == .multiLabel
    case .focal: task != .regression
    case .mse, .mae, .huber: task == .regression
    }
  }

  /// Whether it compares classes or labels, and not values.
  package var isForClasses: Bool { !suits(.regression) }

  /// What is taken where nobody names one.
  package static func usual(for task: Target.Task) -> LossFunction {
    switch task {
    case .classification: .crossEntropy
    case .regression: .mse
    case .multiLabel: .bce
    }
  }

  /// What to take instead of one that does not suit.
  package static func remedy(for task: Target.Task) -> String {
    let names = allCases.filter { $0.suits(task) }.map(\.name)
    return "use \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
  }

  package var summary: String {
    switch self {
    case .crossEntropy: "Minus the logarithm of the true class's probability."
    case .bce: "The binary cross-entropy of each label, in the mean over the labels."
    case .focal:
      "Cross-entropy, or that of each label, that counts what is well told less (Lin et al. 2017)."
    case .mse: "The square of the error."
    case .mae: "The absolute error."
    case .huber: "The square of small errors and the absolute value of large ones."
    }
  }
}

/// A loss with its settings, ready for batches.
package struct Loss: Sendable {
  package var function: LossFunction
  package var labelSmoothing = 0.0
  /// `[classes]` factors for the rows of each class; of labels, for the rows that have each.
  package var classWeights: Tensor?
  package var task: Target.Task
  /// What each of the values is divided by before they are compared.
  package var units: [Double]
  /// The exponent of the focal loss.
  package var focus = 2.0

  /// - Parameter task: By default the first that the function suits.
  package init(
    _ function: LossFunction, labelSmoothing: Double = 0, classWeights: Tensor? = nil,
    task: Target.Task? = nil, units: [Double] = []
  ) {
    self.function = function
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
    self.task = task ?? Target.Task.allCases.first(where: function.suits) ?? .classification
    self.units = units.isEmpty ? [1] : units
  }

  /// What it measures, in words.
  package var measure: String {
    let values = units == [1] ? "" : " of standardised values"
    let name =
      switch function {
      case .crossEntropy: "cross-entropy"
      case .bce: "binary cross-entropy"
      case .focal: "focal loss"
      case .mse: "squared error" + values
      case .mae: "absolute error" + values
      case .huber: "Huber loss" + values
      }
    let remarks = [labelSmoothing > 0 ? "smoothed" : nil, classWeights != nil ? "weighted" : nil]
      .compactMap { $0 }
    return (remarks + [name]).joined(separator: " ")
  }

  /// The mean loss of a batch, weighted where the rows are.
  ///
  /// - Parameter output: Logits `[N, classes]`, or values `[N, K]`.
  package func callAsFunction(_ output: Tensor, _ batch: Batch) throws -> Tensor {
    guard let target = batch.target else {
      throw Diagnostic(
        "the rows have no target to learn from", remedy: "name one where data is loaded")
    }
    guard let weights = batch.weights else { return try value(output, target, .mean) }
    let losses = try value(output, target, .none)
    let own = losses.rank > 1 ? try losses.flatten(from: 1).mean(1) : losses
    return try (own * weights).sum() / weights.sum()
  }

  private func value(
    _ output: Tensor, _ target: Tensor, _ joining: LossJoining
  ) throws -> Tensor {
    let output = try output.to(.float32)
    switch function {
    case .crossEntropy:
      return try output.crossEntropy(
        target, weight: classWeights, labelSmoothing: labelSmoothing, joining: joining)
    case .bce: return try labels(output, target, joining)
    case .focal where task == .multiLabel: return try labels(output, target, joining)
    case .focal:
      return try focal(output, target, joining)
    case .mse, .mae, .huber:
      let values = try standardized(output)
      let truth = try standardized(target.to(.float32))
      return switch function {
      case .mae: try values.absoluteError(truth, joining: joining)
      case .huber: try values.huber(truth, joining: joining)
      default: try values.squaredError(truth, joining: joining)
      }
    }
  }

  /// Values in units of their deviations: `[N]`, or `[N, K]` where there are several.
  package func standardized(_ values: Tensor) throws -> Tensor {
    guard units.count > 1 else { return try values.reshape([-1]) * (1 / units[0]) }
    let factors = try Tensor(units.map { Float(1 / $0) }).to(values.device)
    return try values.reshape([-1, units.count]) * factors
  }

  /// The binary cross-entropy of each label, that of rows which have the label times its factor; for the
  /// focal loss times (1 - p)^focus, p being the probability of what is true (Lin et al. 2017, eq. 4).
  private func labels(
    _ logits: Tensor, _ target: Tensor, _ joining: LossJoining
  ) throws -> Tensor {
    var truth = try target.to(.float32)
    if labelSmoothing > 0 { truth = try truth * (1 - labelSmoothing) + labelSmoothing / 2 }
    var present = try -(truth * logits.logSigmoid())
    var absent = try -((1 - truth) * (-logits).logSigmoid())
    if let classWeights { present = try present * classWeights }
    if function == .focal {
      present = try present * (-logits).sigmoid().power(focus)
      absent = try absent * logits.sigmoid().power(focus)
    }
    let losses = try present + absent
    return joining == .mean ? try losses.mean() : losses
  }

  /// -(1 - p)^focus log p, summed over classes with the target's weights (Lin et al. 2017, eq. 4).
  private func focal(
    _ logits: Tensor, _ target: Tensor, _ joining: LossJoining
  ) throws -> Tensor {
    let logarithms = try logits.logSoftmax()
    let classes = logits.shape[1]
    var truth = target.rank == 2 ? target : try target.oneHot(classes: classes).to(.float32)
    if labelSmoothing > 0 {
      truth = try truth * (1 - labelSmoothing) + labelSmoothing / Double(classes)
    }
    var terms = try (1 - logarithms.exp()).power(focus) * logarithms * truth
    if let classWeights { terms = try terms * classWeights }
    let losses = try -terms.sum(1)
    return joining == .mean ? try losses.mean() : losses
  }
}
