package import Diagnostics
package import YAML

/// What fills a role of a stage instance: an upstream instance, known now or chosen once metrics are.
package struct StageInput: Hashable, Sendable {
  package enum Choice: Hashable, Sendable {
    /// There is one candidate.
    case only
    /// The candidate with the best metric.
    case best(Pick)
    /// The candidate that stands where the best of these models stands, one model for each candidate.
    case dataset(Pick, models: [String])
  }

  /// The addresses of the instances that may fill the role.
  package let candidates: [String]
  package let choice: Choice
  package let kind: ArtifactKind

  /// Whether the pipeline left the role open and the model's own dataset fills it.
  package let isLineage: Bool

  package init(
    candidates: [String], choice: Choice = .only, kind: ArtifactKind, isLineage: Bool = false
  ) {
    self.candidates = candidates
    self.choice = choice
    self.kind = kind
    self.isLineage = isLineage
  }

  /// Every instance that has to be through before the choice can be made.
  package var dependencies: [String] {
    guard case .dataset(_, let models) = choice else { return candidates }
    return candidates + models
  }

  /// The address of the instance that fills the role.
  ///
  /// - Parameters:
  ///   - passesDiverged: whether candidates count for nothing whose metric is not a number.
  ///   - metrics: the metrics of an instance, or `nil` where it was skipped.
  /// - Returns: `nil` when every candidate was skipped.
  package func chosen(
    passingDiverged passesDiverged: Bool = false, metrics: (_ address: String) -> Value?
  ) throws(Diagnostic) -> String? {
    switch choice {
    case .only:
      return candidates.first
    case .best(let pick):
      return try pick.best(
        among: candidates, passesDiverged: passesDiverged, metrics: metrics)
    case .dataset(let pick, let models):
      guard
        let best = try pick.best(
          among: models, passesDiverged: passesDiverged, metrics: metrics),
        let index = models.firstIndex(of: best)
      else { return nil }
      return candidates[index]
    }
  }

  /// The choice among the candidates, with those that it is made by.
  package var pick: (pick: Pick, measured: [String])? {
    switch choice {
    case .only: nil
    case .best(let pick): (pick, candidates)
    case .dataset(let pick, let models): (pick, models)
    }
  }

  func asLineage() -> StageInput {
    StageInput(candidates: candidates, choice: choice, kind: kind, isLineage: true)
  }
}
