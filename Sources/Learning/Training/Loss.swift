package import Dataset
import Options
package import Tensor
import Diagnostics

/// What a training makes small.
package enum LossFunction: String, CaseIterable, NamedOption {
  case crossEntropy, focal, mse, mae, huber

  /// Whether it compares classes, or values.
  package var isForClasses: Bool { self == .crossEntropy || self == .focal }

  package var summary: String {
    switch self {
    case .crossEntropy: "Minus the logarithm of the true class's probability."
    case .focal: "Cross-entropy that counts well-classified rows less (Lin et al. 2017)."
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
  /// `[classes]` factors for the rows of each class.
  package var classWeights: Tensor?
  /// What values are divided by before they are compared.
  package var unit = 1.0
  /// The exponent of the focal loss.
  package var focus = 2.0

  package init(
    _ function: LossFunction, labelSmoothing: Double = 0, classWeights: Tensor? = nil,
    unit: Double = 1
  ) {
    self.function = function
    self.labelSmoothing = labelSmoothing
    self.classWeights = classWeights
    self.unit = unit
  }

  /// What it measures, in words.
  package var measure: String {
    let values = unit == 1 ? "" : " of standardised values"
    let name =
      switch function {
      case .crossEntropy: "cross-entropy"
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
  /// - Parameter output: Logits `[N, classes]`, or values `[N, 1]`.
  package func callAsFunction(_ output: Tensor, _ batch: Batch) throws -> Tensor {
    guard let target = batch.target else {
      throw Diagnostic(
        "the rows have no target to learn from", remedy: "name one where data is loaded")
    }
    guard let weights = batch.weights else { return try value(output, target, .mean) }
    let losses = try value(output, target, .none)
    return try (losses * weights).sum() / weights.sum()
  }

  private func value(
    _ output: Tensor, _ target: Tensor, _ joining: LossJoining
  ) throws -> Tensor {
    let output = try output.to(.float32)
    switch function {
    case .crossEntropy:
      return try output.crossEntropy(
        target, weight: classWeights, labelSmoothing: labelSmoothing, joining: joining)
    case .focal:
      return try focal(output, target, joining)
    case .mse, .mae, .huber:
      let values = try output.reshape([-1]) * (1 / unit)
      let truth = try target.to(.float32) * (1 / unit)
      return switch function {
      case .mae: try values.absoluteError(truth, joining: joining)
      case .huber: try values.huber(truth, joining: joining)
      default: try values.squaredError(truth, joining: joining)
      }
    }
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
