internal import Diagnostics
internal import Pipeline
internal import YAML

/// The normalisations that rows go through, as far as settings tell; of a model, those of the rows
/// that it was made from.
struct Normalizations: ArtifactFact {
  struct Step: Hashable {
    let settings: Value
    /// Where it was written.
    let range: SourceRange
  }

  var steps: [Step] = []

  /// Whether rows are on the way of another list: it begins with the same steps.
  private func leads(to other: Normalizations) -> Bool {
    steps.count <= other.steps.count
      && zip(steps, other.steps).allSatisfy { $0.settings == $1.settings }
  }

  /// Refuses a dataset for a model where the rows are surely normalised otherwise than the model's.
  ///
  /// - Parameters:
  ///   - node: The settings of the stage that reads both.
  ///   - role: The role that the model fills.
  static func problems(_ node: Node, reading inputs: KnownInputs, role: String) -> [Diagnostic] {
    let models = inputs.facts(Self.self, of: role)
    let datasets = inputs.facts(Self.self, of: "data")
    guard let model = models.first, let rows = datasets.first,
      !datasets.contains(where: { rows in models.contains { rows.leads(to: $0) } })
    else { return [] }
    let notes =
      model.steps.map { Note("the model's rows go through this", at: $0.range) }
      + rows.steps.map { Note("these rows go through this", at: $0.range) }
    return [
      Diagnostic(
        "the dataset is normalised otherwise than what the \(role) was trained on", at: node.range,
        remedy: "give as 'data' in 'from' the dataset that the \(role) was trained on, or one from "
          + "which that was made", notes: notes)
    ]
  }
}

extension KnownInputs {
  /// The normalisations of the rows that a stage reads, to be stated of what it makes of them.
  func normalizations(adding step: Normalizations.Step? = nil) -> [any ArtifactFact] {
    facts(Normalizations.self, of: "data").map {
      Normalizations(steps: $0.steps + (step.map { [$0] } ?? []))
    }
  }
}
