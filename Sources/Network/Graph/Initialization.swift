/// How a parameter's first values are drawn.
package enum Initialization: Hashable, Sendable {
  /// Normal with variance 2 / fan-in, for layers that a rectifier follows (He et al. 2015, eq. 10).
  case he(fanIn: Int)
  /// Uniform within ±sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio 2010, eq. 16).
  case xavier(fanIn: Int, fanOut: Int)
  /// Normal with the given standard deviation.
  case normal(deviation: Double)
  /// Every value the same.
  case constant(Double)
}
