internal import Options
package import Pipeline
package import YAML

/// The stage that brings features to a common scale, fitted on the training split alone.
package enum Normalize: Stage {
  package typealias Settings = Method

  package static let kind = "normalize"
  package static let revision = 1
  package static let summary =
    "Scales numbers and images by what the training split holds; new rows go through the same scale."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static let example = """
    from: digits
    normalize: {z-score: {per: channel}}
    """

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    ["method", "per", "features.*.scales", "features.*.constant", "features.*.empty"]
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    inputs.normalizations(adding: Normalizations.Step(settings: settings.value, range: node.range))
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try NormalizeRun(settings, job, reporter).run()
  }
}
