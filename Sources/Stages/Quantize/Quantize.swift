/// Stores a model's weights as integers and lets its layers compute in them.
package enum Quantize {
  package static let summary =
    "Stores weights as 8-bit integers and rounds activations, without training again."
}
