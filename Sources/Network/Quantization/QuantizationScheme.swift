package import Options
import Tensor

/// How a trained network is made to compute in integers.
package struct QuantizationScheme: Sendable {
  /// Whether each output channel of a weight has a scale of its own, or the weight has one in all.
  package var isPerChannel = true
  /// The largest integer of a weight, at most 127.
  package var limit = 127
  /// How the ranges of activations are chosen; nil where activations stay real.
  package var calibration: Calibration? = .minMax
  /// Whether biases make up for the mean error of rounded weights.
  package var correctsBias = false
  /// The layers that stay real, by patterns of their names.
  package var keep: [Pattern] = []

  package init() {}

  /// How a weight is stored under the scheme.
  var storage: WeightQuantization { WeightQuantization(bits: 8, axis: isPerChannel ? 0 : nil) }

  /// A weight's integers under the scheme.
  ///
  /// - Parameter leastScale: Lower bounds for the scales, shaped like them.
  func integers(for weight: Tensor, leastScale: Tensor? = nil) throws -> IntegerWeight {
    try IntegerWeight(weight, isPerChannel: isPerChannel, limit: limit, leastScale: leastScale)
  }
}
