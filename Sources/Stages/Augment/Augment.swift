internal import Dataset
package import Diagnostics
internal import Network
internal import Options
package import Pipeline
package import YAML

/// The stage that makes training rows vary: recorded here, done afresh in every epoch of training.
package enum Augment: Stage {
  package static let kind = "augment"
  package static let revision = 2
  package static let summary =
    "Changes training rows at random in every epoch; validation and test stay as they are."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static let example = """
    from: scaled
    augment:
      - crop: {padding: 1}
      - rotate: {degrees: 10}
    """

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    let makeups = inputs.makeups()
    guard !makeups.isEmpty else { return [] }
    let steps = (node["steps"] ?? node).sequence ?? []
    return zip(settings.steps, steps).compactMap { step, place in
      let kinds = type(of: step.step).kinds
      guard makeups.allSatisfy({ $0.kinds.isDisjoint(with: kinds) }) else { return nil }
      let name = type(of: step.step).name
      return Diagnostic(
        "'\(name)' changes \(kinds.listed), and the data has none",
        at: place.entry(name)?.keyRange ?? place.range,
        remedy: kinds.contains(.image)
          ? "load images, or declare an image feature of number columns in 'features'"
          : "take the step out")
    }
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    ["steps.**", "features.*", "rows.*.before", "rows.*.after"]
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try AugmentRun(settings, job, reporter).run()
  }
}

extension Set<FeatureKind> {
  /// Such as `images or numbers`.
  var listed: String {
    map(\.traits.plural).sorted().joined(separator: " or ")
  }
}
