/// A layer in its place: what it reads, and how its weights and inputs are quantised, if they are.
package struct NetworkNode: Sendable {
  /// Unique in the network; the prefix of the parameters' names.
  package var name: String
  /// The inputs' names: earlier nodes or features, in the layer's order.
  package var inputs: [String]
  package var layer: any Layer
  /// How the weight is stored, where it is stored as integers.
  package var weightQuantization: WeightQuantization?
  /// The grid that each input is rounded to before the layer, where it is; one entry for each input.
  package var inputQuantization: [ActivationQuantization?]

  package init(
    name: String, inputs: [String], layer: any Layer,
    weightQuantization: WeightQuantization? = nil,
    inputQuantization: [ActivationQuantization?] = []
  ) {
    self.name = name
    self.inputs = inputs
    self.layer = layer
    self.weightQuantization = weightQuantization
    self.inputQuantization = inputQuantization
  }

  /// The name of one of the node's parameters in the network.
  package func parameter(_ local: String) -> String { name + "." + local }
}
