package import YAML

/// What quantisation did to one layer.
package struct QuantizedLayer: Hashable, Sendable {
  package let name: String
  /// How many weights the layer has.
  package let weights: Int
  /// How much stronger the weights are than what rounding added to them, in decibels.
  package let signalToNoise: Double
  /// The grid of the layer's input, where it has one.
  package let input: ActivationQuantization?
  /// How many of the input's levels hold 99% of its values on the calibration sample.
  package var inputLevels: Int?

  package var value: Value {
    var members: [String: Value] = [
      "layer": .string(name), "weights": .int(weights), "bits": 8,
      "sqnr-db": .double(signalToNoise),
    ]
    if let input {
      members["input-scale"] = .double(input.scale)
      members["input-zero-point"] = .int(input.zeroPoint)
    }
    members["input-levels"] = inputLevels.map(Value.int)
    return .object(members)
  }
}
