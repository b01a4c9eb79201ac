package import Dataset
package import Network
package import YAML

/// A trained network with all that a row needs on its way to an answer.
package struct Model: Sendable {
  /// The layers with their tensors, which are on the CPU.
  package var network: WeightedNetwork
  /// The features as a source gives them.
  package var features: [Feature]
  /// What a row goes through before the network reads it, in order; no augmentation.
  package var steps: [any DeferredStep]
  /// What the network predicts, with the names of the classes.
  package var target: Target
  /// Where the model came from, for people and reports.
  package var lineage: Value

  package init(
    network: WeightedNetwork, features: [Feature], steps: [any DeferredStep], target: Target,
    lineage: Value = .object([:])
  ) {
    self.network = network
    self.features = features
    self.steps = steps
    self.target = target
    self.lineage = lineage
  }

  /// A model of a dataset's features, its preprocessing taken from the dataset.
  package init(
    network: WeightedNetwork, trainedOn dataset: DatasetDescription, target: Target,
    lineage: Value = .object([:])
  ) {
    self.init(
      network: network, features: dataset.features,
      steps: dataset.preparation, target: target, lineage: lineage)
  }

  package static let networkFile = "network.json"
  package static let parametersFile = "model.safetensors"

  /// The format that this program writes, and the newest that it reads.
  static let format = 1
}

extension DatasetDescription {
  /// What a network that learns from the dataset reads: its features after the deferred steps.
  package var networkInputs: [NetworkInput] {
    steps.reduce(features) { features, step in step.transforming(features) }.map(\.networkInput)
  }
}

extension Feature {
  /// The feature as a network reads it.
  package var networkInput: NetworkInput {
    let counts =
      text.map { [$0.ids] }
      ?? (kind.traits.holdsCodes ? shape.map { _ in max(categories.count, 1) } : [])
    return NetworkInput(name: name, kind: kind, shape: shape, cardinalities: counts)
  }
}
