/// One tensor that a layer owns.
package struct ParameterSpec: Hashable, Sendable {
  package enum Role: String, Hashable, Sendable {
    /// A learned factor: matrices, kernels, tables and the scales of norms.
    case weight
    /// A learned summand.
    case bias
    /// A tracked or fixed value that no gradient reaches.
    case buffer
  }

  /// The name; local (`weight`) where a layer gives it, `node.weight` where a network does.
  package var name: String
  package var shape: [Int]
  package var role: Role
  package var initialization: Initialization
  /// Whether weight decay pulls on it; norms and biases are exempt.
  package var decays: Bool

  package init(
    _ name: String, _ shape: [Int], _ role: Role, _ initialization: Initialization,
    decays: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.role = role
    self.initialization = initialization
    self.decays = decays
  }

  /// The number of elements; `Int.max` on overflow.
  package var count: Int { saturatingProduct(shape) }
}

/// How a parameter's first values are drawn.
package enum Initialization: Hashable, Sendable {
  /// Normal with variance 2 / fan-in, for layers that a rectifier follows (He et al. 2015, eq. 10).
  case he(fanIn: Int)
  /// Normal with variance 1 / fan-in, which keeps the variance of what no rectifier follows (LeCun et al. 1998,
  /// section 4.6).
  case lecun(fanIn: Int)
  /// Uniform within ±sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio 2010, eq. 16).
  case xavier(fanIn: Int, fanOut: Int)
  /// Normal with the given standard deviation.
  case normal(deviation: Double)
  /// Every value the same.
  case constant(Double)
}
