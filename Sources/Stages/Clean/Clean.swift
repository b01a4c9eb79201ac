package import Diagnostics
package import Pipeline
package import YAML

/// The stage that repairs or drops what is wrong with a dataset's rows.
///
/// Whatever a step has to know is fitted on the training split alone and applied to every split. A second
/// dataset of the same rows, the reference, is what the result is compared with.
package enum Clean: Stage {
  package typealias Settings = [Step]

  package static let kind = "clean"
  package static let revision = 3
  package static let summary =
    "Fills or drops missing values, drops duplicates and outliers, and takes noise out of images and "
    + "series."
  package static let inputs = [
    Role("data", .dataset), Role("reference", .dataset, isRequired: false),
  ]
  package static let output = ArtifactKind.dataset

  package static let example = """
    from: digits
    clean:
      - missing: {fill: median}
      - duplicates: drop
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    guard settings.isEmpty else { return [] }
    return [
      Diagnostic(
        "there is no step to clean with", at: node.range,
        remedy: "list steps, for example '- missing: {fill: median}'")
    ]
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    zip(settings, node.sequence ?? []).flatMap { $0.step.problems(with: inputs, $1) }
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    ["steps.**", "rows.*.before", "rows.*.after", "reference.**"]
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    let scalings = zip(settings, node.sequence ?? []).compactMap { setting, node in
      (setting.step as? Standardize).map {
        Normalizations.Step(settings: $0.value, range: node.range)
      }
    }
    // Filling in may add features that say where something was missing.
    let fills = settings.contains { $0.step is Missing }
    let makeups = inputs.makeups().filter { fills && $0.inputs != nil }.map { makeup in
      var makeup = makeup
      makeup.inputs = nil
      return makeup
    }
    guard !scalings.isEmpty else { return makeups }
    return makeups
      + inputs.facts(Normalizations.self, of: "data").map {
        Normalizations(steps: $0.steps + scalings)
      }
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try CleanRun(settings, job, reporter).run()
  }
}
