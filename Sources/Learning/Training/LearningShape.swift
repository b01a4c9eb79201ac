package import Dataset
package import Diagnostics
package import Network

/// What a network has to read and to give for a dataset, as far as no row has to be looked at.
package struct LearningShape: Sendable {
  package let target: Target
  package let inputs: [NetworkInput]
  /// The logits or values that a network has to give.
  package let outputs: Int

  package init(_ description: DatasetDescription) throws(Diagnostic) {
    guard let target = description.target else {
      throw Diagnostic(
        "the dataset has no target to learn", remedy: "name one with 'target' where data is loaded")
    }
    self.target = target
    inputs = description.networkInputs
    outputs = target.task == .classification ? target.classes.count : target.width
  }

  /// The node that turns a regression's output into the target's own unit.
  package static let unitNode = "unit"

  /// Builds a preset; a regression ends in the target's unit, so that the layers before deal with values
  /// around 1.
  package func network(_ preset: ModelPreset) throws(Diagnostic) -> Network {
    try inUnit(preset.preset.network(for: inputs, outputs: outputs))
  }

  /// A network that gives the outputs, with the unit of what a regression predicts behind it.
  package func inUnit(_ network: Network) throws(Diagnostic) -> Network {
    guard target.task == .regression else { return network }
    let unit = NetworkNode(name: Self.unitNode, inputs: [network.outputs[0]], layer: Rescale())
    return try Network(
      inputs: network.inputs, nodes: network.nodes + [unit], outputs: [Self.unitNode])
  }
}
