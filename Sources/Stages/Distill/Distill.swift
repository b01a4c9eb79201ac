package import Diagnostics
internal import Learning
internal import Network
package import Pipeline
package import YAML

/// The stage that teaches a small network what a large one knows.
package enum Distill: Stage {
  package static let kind = "distill"
  package static let revision = 5
  package static let summary =
    "Trains a student on the labels and on the answers of one or several teachers."
  package static let inputs = [
    Role("teacher", .model, allowsMany: true), Role("data", .dataset),
  ]
  package static let output = ArtifactKind.model

  package static let incidentalKeys = [TrainingRecipe.checkpointKey]

  package static let example = """
    from: {teacher: teacher, data: varied}
    distill:
      student: {cnn: {channels: [16, 32]}}
      temperature: 4
      hard-weight: 0.5
      soft-weight: 0.5
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    let problems = settings.training.problems(training: settings.student, node)
    guard settings.hardWeight == 0, settings.softWeight == 0 else { return problems }
    return [
      Diagnostic(
        "the student has nothing to learn from: both weights are 0", at: node.range,
        remedy: "set 'soft-weight' above 0")
    ] + problems
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    [ModelMakeup(settings.student, node["student"])] + inputs.normalizations()
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    Normalizations.problems(node, reading: inputs, role: "teacher")
      + settings.student.problems(with: inputs, node["student"] ?? node)
      + inputs.problems(withTemperatureIn: node)
      + EvaluatedSplits(settings.evaluate.splits).problems(node, reading: inputs)
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(
      on: EvaluatedSplits(settings.evaluate.splits).splits(reading: inputs),
      besides: [
        "agreement", "teacher-accuracy", "teacher-subset-accuracy", "teacher-rmse", "distance",
      ])
      + .training + .size + .baselines + ["teacher-parameters", "copied.*"]
  }

  package static func places(_ node: Node) -> [String: SourceRange] {
    let temperature = node["temperature"].map { ["temperature": $0.range] } ?? [:]
    return temperature.merging(ModelPreset.places(node["student"])) { first, _ in first }
  }

  package static func workload(_ settings: Settings) -> Workload {
    .gradientDescent(convolves: true)
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    var run = try DistillRun(settings, job, reporter)
    try run.run()
  }
}
