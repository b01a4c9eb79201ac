internal import Diagnostics
internal import Learning
internal import Network
internal import Options
internal import Pipeline
internal import YAML

extension Distill.Settings {
  /// The most rows whose angles are taken: their number grows with the third power. The directions between
  /// rows, as long as the layers that are compared, are not counted here.
  private static let mostAngled = 256

  /// The layers that are named, by how they are compared.
  var namedLayers: [(comparison: LayerPair.Comparison, pairs: [LayerPair])] {
    [
      (.hint, LayerPair.list(hint?.layers ?? [:])),
      (.attention, LayerPair.list(attention?.layers ?? [:])),
      (.relational, LayerPair.list(relational?.layers ?? [:])),
    ]
  }

  /// What settings alone tell of the layers that are compared.
  ///
  /// - Parameter node: The settings as written.
  func layerProblems(_ node: Node) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for (key, matching) in [("hint", hint), ("attention", attention)] {
      guard let matching, matching.layers.isEmpty else { continue }
      problems.append(
        Diagnostic(
          "'\(key)' names no layers", at: (node[key] ?? node).range,
          remedy: "name them as in '\(key): {layers: {stage2.relu: stage3.relu}}'"))
    }
    if let relational, relational.distance == 0, relational.angle == 0 {
      problems.append(
        Diagnostic(
          "'relational' compares nothing: both of its weights are 0",
          at: (node["relational"] ?? node).range, remedy: "set 'distance' or 'angle' above 0"))
    }
    if let relational, relational.angle > 0, let batch = recipe.batch.fixed,
      batch > Self.mostAngled
    {
      problems.append(
        Diagnostic(
          "a batch of \(batch) has \(batch) x \(batch) x \(batch) angles",
          at: (node["batch"] ?? node).range,
          remedy: "take batches of up to \(Self.mostAngled) rows, or write 'angle: 0'"))
    }
    return problems
  }

  /// The layers that are named, against those that networks are going to have, as far as that is known
  /// before anything runs.
  func layerProblems(_ node: Node, reading inputs: KnownInputs) -> [Diagnostic] {
    let teachers = inputs.facts(ModelMakeup.self, of: "teacher").compactMap(\.forms)
    let student =
      self.student.map { ModelMakeup.forms(of: $0, reading: inputs) }
      ?? (teachers.count == 1 ? teachers[0] : nil)
    var problems: [Diagnostic] = []
    for (comparison, pairs) in namedLayers {
      let written = node[comparison.rawValue]?["layers"]
      for pair in pairs {
        // Of several candidates the one with the fewest mistakes may be meant.
        let found =
          teachers.isEmpty
          ? pair.problems(for: comparison, student, nil, of: nil, written)
          : teachers.map { pair.problems(for: comparison, student, $0, of: nil, written) }
            .min { $0.count < $1.count }
        problems += found ?? []
      }
    }
    return problems
  }
}
