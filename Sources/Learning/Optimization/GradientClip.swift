package import Options
import Tensor

/// A bound on gradients before a step.
package enum GradientClip: Choice, Hashable {
  /// The Euclidean norm of all gradients together is at most this (Pascanu et al. 2013).
  case norm(Double)
  /// Every gradient is within plus and minus this.
  case value(Double)

  package static var cases: [Case<Self>] {
    Case(
      "norm", Double.self, in: .above(0), Self.norm,
      "The largest Euclidean norm of all gradients together.")
    Case(
      "value", Double.self, in: .above(0), Self.value,
      "The largest absolute value of any gradient.")
  }

  package var payload: (any OptionValue)? {
    switch self {
    case .norm(let bound), .value(let bound): bound
    }
  }

  func apply(to gradients: [Tensor]) throws {
    switch self {
    case .norm(let bound):
      try ParameterUpdates.clipNorm(gradients, to: bound)
    case .value(let bound):
      for gradient in gradients { try gradient.copy(from: gradient.clamp(-bound, bound)) }
    }
  }
}
