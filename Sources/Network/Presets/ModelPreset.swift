package import Diagnostics
package import Options

/// The model that a training stage starts from: a preset, or the user's own list of layers.
package enum ModelPreset: Choice {
  case linear(LinearPreset)
  case mlp(MLPPreset)
  case cnn(CNNPreset)
  case resnet(ResNetPreset)
  case layers(LayerList)

  package static var cases: [Case<Self>] {
    Case(
      "linear", LinearPreset.self, Self.linear,
      { if case .linear(let preset) = $0 { preset } else { nil } },
      LinearPreset.summary)
    Case(
      "mlp", MLPPreset.self, Self.mlp, { if case .mlp(let preset) = $0 { preset } else { nil } },
      MLPPreset.summary)
    Case(
      "cnn", CNNPreset.self, Self.cnn, { if case .cnn(let preset) = $0 { preset } else { nil } },
      CNNPreset.summary)
    Case(
      "resnet", ResNetPreset.self, Self.resnet,
      { if case .resnet(let preset) = $0 { preset } else { nil } }, ResNetPreset.summary)
    Case(
      "layers", LayerList.self, Self.layers,
      { if case .layers(let list) = $0 { list } else { nil } },
      "A list of typed layers, one after the other.")
  }

  /// Builds the network for a dataset's features, with the given number of outputs.
  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    switch self {
    case .linear(let preset): try preset.network(for: inputs, outputs: outputs)
    case .mlp(let preset): try preset.network(for: inputs, outputs: outputs)
    case .cnn(let preset): try preset.network(for: inputs, outputs: outputs)
    case .resnet(let preset): try preset.network(for: inputs, outputs: outputs)
    case .layers(let list): try list.network(for: inputs, outputs: outputs)
    }
  }
}
