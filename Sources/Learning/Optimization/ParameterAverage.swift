package import Network
import Tensor

/// An exponential moving average of a network's parameters and statistics.
package enum ParameterAverage {
  /// Moves an average by 1 - decay, and faster in the first steps, so that the start is soon forgotten: the
  /// decay is at most (1 + steps) / (10 + steps), as in TensorFlow's `ExponentialMovingAverage`.
  ///
  /// - Parameter steps: How many steps were taken before this one.
  package static func move(
    _ average: Parameters, towards parameters: Parameters, decay: Double, steps: Int
  ) throws {
    let names = average.keys.sorted()
    let steps = Double(steps)
    try ParameterUpdates.move(
      names.map { try average.tensor($0) }, towards: names.map { try parameters.tensor($0) },
      by: 1 - min(decay, (1 + steps) / (10 + steps)))
  }
}
