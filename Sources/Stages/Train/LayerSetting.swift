internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import YAML

/// The settings of a training that hold patterns of layers.
enum LayerSetting: String, CaseIterable {
  case freeze
  case layerRates = "layer-rates"
  case initialize

  /// What the layers are for, in messages.
  var purpose: String {
    switch self {
    case .freeze: "freeze"
    case .layerRates: "train at a rate of its own"
    case .initialize: "initialize"
    }
  }

  /// The layers of a network that the patterns choose from.
  func layers(of network: Network) -> [String] {
    switch self {
    case .layerRates: network.trainableNodes
    // The unit of what is predicted belongs to the rows that are learnt from.
    case .freeze, .initialize:
      network.nodes.filter { !network.specs(of: $0).isEmpty && $0.name != LearningShape.unitNode }
        .map(\.name)
    }
  }

  /// The layers that any of the patterns matches, in their order.
  ///
  /// - Throws: A pattern that matches none, with the layers that there are.
  func names(matching patterns: [Pattern], in network: Network) throws(Diagnostic) -> [String] {
    try network.names(matching: patterns, among: layers(of: network), for: purpose)
  }

  /// Where the patterns stand in settings as written.
  func node(in settings: Node) -> Node? {
    let own = settings[rawValue]
    return self == .initialize ? own?["layers"] ?? own : own
  }
}

extension Train.Settings {
  /// All patterns of layers, each with the setting that has it.
  var patterns: [(setting: LayerSetting, pattern: Pattern)] {
    freeze.map { (.freeze, $0) } + LayerRates(layerRates).patterns.map { (.layerRates, $0) }
      + (initialize?.layers ?? []).map { (.initialize, $0) }
  }
}
