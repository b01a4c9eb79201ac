internal import Learning
internal import Network
internal import Options
internal import Tensor
internal import YAML

/// What a student takes over of its teacher's parameters before it learns.
struct ParameterTransfer {
  private(set) var copied: [String] = []
  /// Those of chosen layers that stay new, each with the reason.
  private(set) var kept: [(name: String, reason: String)] = []
  private let isAsked: Bool

  /// Copies the parameters of chosen layers where name and shape agree.
  ///
  /// - Parameter patterns: The student's layers to take over; nothing is done where there is none.
  init(
    _ patterns: [Pattern], from teacher: Model?, to network: inout WeightedNetwork
  ) throws {
    isAsked = !patterns.isEmpty && teacher != nil
    guard isAsked, let teacher else { return }
    let graph = network.graph
    let layers = graph.nodes.filter { !graph.specs(of: $0).isEmpty }.map(\.name)
    let chosen = try graph.names(
      matching: patterns, among: layers, for: "take over from the teacher")
    for spec in chosen.compactMap(graph.node(named:)).flatMap(graph.specs(of:)) {
      guard let tensor = teacher.network.parameters[spec.name] else {
        kept.append((spec.name, "the teacher has none of that name"))
        continue
      }
      guard tensor.shape == spec.shape else {
        kept.append((spec.name, "\(tensor.shape) in the teacher, \(spec.shape) in the student"))
        continue
      }
      guard tensor.type == .float32 else {
        kept.append((spec.name, "the teacher's are integers"))
        continue
      }
      network.parameters[spec.name] = tensor
      copied.append(spec.name)
    }
  }

  /// What was done, for the log.
  var lines: [String] {
    guard isAsked else { return [] }
    let taken =
      copied.isEmpty
      ? "nothing was copied from the teacher"
      : "copied from the teacher: \(copied.joined(separator: ", "))"
    guard !kept.isEmpty else { return [taken] }
    let rest = kept.map { "\($0.name) (\($0.reason))" }.joined(separator: ", ")
    return [taken, "not copied: \(rest)"]
  }

  var metrics: Value {
    [
      "copied": .array(copied.map(Value.string)),
      "not-copied": .array(kept.map { ["name": .string($0.name), "reason": .string($0.reason)] }),
    ]
  }
}
