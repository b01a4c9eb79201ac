package import Diagnostics
package import Options
package import Pipeline
package import YAML

/// The stage that brings features to a common scale, fitted on the training split alone.
package enum Normalize: Stage {
  package typealias Settings = OneOrMany<Method>

  package static let kind = "normalize"
  package static let revision = 2
  package static let summary =
    "Scales numbers and images by what the training split holds; new rows go through the same scale."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static let example = """
    from: digits
    normalize: {z-score: {per: channel}}
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    guard let first = settings.elements.first else {
      return [
        Diagnostic(
          "there is no method to normalise with", at: node.range,
          remedy: "name one, for example 'z-score'")
      ]
    }
    let rests = settings.elements.indices.filter { settings.elements[$0].columns.isEmpty }
    guard rests.count > 1 else { return [] }
    return [
      Diagnostic(
        "two methods are for all columns that no other is for",
        at: (node.sequence?[rests[1]] ?? node).range,
        remedy: "name the columns of one, for example '\(first.name): {columns: [age, price]}'")
    ]
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    settings.elements.enumerated().flatMap { index, method -> [Diagnostic] in
      guard method.isForImages else { return [] }
      return inputs.problem(
        needingImageFor: "this set of constants", at: (node.sequence?[index] ?? node).range,
        remedy: "write the constants of your columns: 'constants: {mean: […], std: […]}'")
    }
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    ["method", "per", "features.*.scales", "features.*.constant", "features.*.empty", "rewritten"]
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    inputs.normalizations(adding: Normalizations.Step(settings: settings.value, range: node.range))
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try NormalizeRun(settings.elements, job, reporter).run()
  }
}
