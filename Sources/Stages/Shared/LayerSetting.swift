internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import YAML

/// The settings of a training or a distillation that hold patterns of layers.
enum LayerSetting: String, CaseIterable {
  case freeze
  case layerRates = "layer-rates"
  case initialize
  case transfer

  /// A pattern with the setting that has it.
  typealias Entry = (setting: LayerSetting, pattern: Pattern)

  /// What the layers are for, in messages.
  var purpose: String {
    switch self {
    case .freeze: "freeze"
    case .layerRates: "train at a rate of its own"
    case .initialize: "initialize"
    case .transfer: "take over from the teacher"
    }
  }

  /// The key that the patterns stand under.
  var key: String { self == .initialize ? "layers" : rawValue }

  /// The layers of a network that the patterns choose from.
  func layers(of network: Network) -> [String] {
    switch self {
    case .layerRates: network.trainableNodes
    // The unit of what is predicted belongs to the rows that are learnt from.
    case .freeze, .initialize, .transfer:
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

  /// Runs what chooses layers in a job; a pattern that matches none is told at the patterns' place.
  func placing<Result>(in job: StageJob, _ body: () throws -> Result) throws -> Result {
    try job.placing(rawValue, body)
  }

  /// Where the patterns of all settings stand, by the settings' names.
  static func places(_ node: Node) -> [String: SourceRange] {
    allCases.reduce(into: [:]) { $0[$1.rawValue] = $1.node(in: node)?.range }
  }

  /// Where the patterns stand in settings as written.
  func node(in settings: Node) -> Node? {
    let own = settings[rawValue]
    return self == .initialize ? own?[key] ?? own : own
  }
}
