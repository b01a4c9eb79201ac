internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Tensor
internal import YAML

/// First values of a new network that are taken from another model, where names and shapes agree:
/// what `initialize` asks of a training, and `transfer` of a distillation.
struct StartingValues {
  private(set) var network: WeightedNetwork
  /// The parameters that were copied, in the network's order.
  private(set) var copied: [String] = []
  /// Why each of the others was not.
  private(set) var left: [(name: String, reason: String)] = []
  /// The other model's parameters that have no place in the network.
  private(set) var unused: [String] = []
  private let source: String

  /// - Parameters:
  ///   - parameters: The other model's, by name.
  ///   - source: Where they come from, such as `stage 'teacher'`.
  ///   - patterns: Those of the layers that take part; all where there are none.
  ///   - setting: The setting that holds the patterns.
  /// - Throws: A diagnostic where nothing fits.
  init(
    _ network: WeightedNetwork, from parameters: Parameters, of source: String,
    _ patterns: [Pattern], in setting: LayerSetting
  ) throws {
    self.network = network
    self.source = source
    let graph = network.graph
    let layers = setting.layers(of: graph)
    let chosen =
      patterns.isEmpty ? layers : try setting.names(matching: patterns, in: graph)
    for spec in chosen.compactMap(graph.node(named:)).flatMap(graph.specs(of:)) {
      guard let tensor = parameters[spec.name] else {
        left.append((spec.name, "\(source) has none of that name"))
        continue
      }
      guard tensor.shape == spec.shape else {
        left.append((spec.name, "its shape is \(spec.shape), and \(tensor.shape) in \(source)"))
        continue
      }
      guard tensor.type.isFloatingPoint else {
        left.append((spec.name, "it is stored as \(tensor.type) in \(source)"))
        continue
      }
      self.network.parameters[spec.name] = try tensor.to(.float32)
      copied.append(spec.name)
    }
    for name in layers where !chosen.contains(name) {
      guard let node = graph.node(named: name) else { continue }
      let reason = "no pattern of '\(setting.key)' matches '\(name)'"
      left += graph.specs(of: node).map { ($0.name, reason) }
    }
    let own = Set(graph.parameterSpecs.map(\.name))
    unused = parameters.keys.filter { !own.contains($0) }.sorted()
    guard copied.isEmpty else { return }
    throw Diagnostic(
      "no parameter of \(source) has the name and the shape of one of the network",
      remedy: "the network has \(Self.list(left.map(\.name))); \(source) has "
        + Self.list(parameters.keys.sorted()))
  }

  /// What was copied and what was not, for the log.
  var lines: [String] {
    var lines = ["\(copied.count) of \(copied.count + left.count) parameters are from \(source):"]
    lines += copied.map { "  \($0)" }
    lines += left.map { "not copied: \($0.name): \($0.reason)" }
    if !unused.isEmpty { lines.append("without a place in the network: \(Self.list(unused))") }
    return lines
  }

  var metrics: Value {
    [
      "copied": .array(copied.map(Value.string)),
      "not-copied": .array(left.map { .string("\($0.name): \($0.reason)") }),
    ]
  }

  private static func list(_ names: [String]) -> String {
    names.count > 12
      ? names.prefix(12).joined(separator: ", ") + " and \(names.count - 12) more"
      : names.joined(separator: ", ")
  }
}
