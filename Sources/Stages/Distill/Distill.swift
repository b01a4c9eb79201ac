package import Diagnostics
internal import Learning
internal import Network
package import Pipeline
package import YAML

/// The stage that teaches a small network what a large one knows.
package enum Distill: Stage {
  package static let kind = "distill"
  package static let revision = 6
  package static let summary =
    "Trains a student on the labels and on what one or several teachers answer and compute on the way."
  package static let inputs = [
    Role("teacher", .model, allowsMany: true), Role("data", .dataset),
    Role("unlabelled", .dataset, isRequired: false, allowsMany: true, isOnRequest: true),
  ]
  package static let output = ArtifactKind.model

  package static let incidentalKeys = TrainingRecipe.incidentalKeys

  package static let example = """
    from: {teacher: teacher, data: varied}
    distill:
      student: {cnn: {channels: [16, 32]}}
      temperature: 4
      hard-weight: 0.5
      soft-weight: 0.5
      attention: {layers: {stage1.relu: stage1.relu}}
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems = settings.training.problems(training: settings.student, node)
    if !settings.comparesAnswers, !settings.comparesLayers {
      problems.insert(
        Diagnostic(
          "the student has nothing to learn from: both weights are 0", at: node.range,
          remedy: "set 'soft-weight' above 0"), at: 0)
    }
    if settings.student == nil, !settings.isSelf {
      problems.append(
        Diagnostic(
          "'distill' lacks the student", at: node.range,
          remedy: "name its network with 'student', or write 'self: true' for that of the teacher"))
    }
    if settings.student != nil, settings.isSelf {
      problems.append(
        Diagnostic(
          "with 'self' the student has the teacher's network", at: (node["student"] ?? node).range,
          remedy: "leave out 'student' or 'self'"))
    }
    return problems + settings.layerProblems(node)
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    let makeup = settings.student.map { [ModelMakeup($0, node["student"], reading: inputs)] }
    return (makeup ?? inputs.facts(ModelMakeup.self, of: "teacher").prefix(1).map { $0 })
      + inputs.normalizations()
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    Normalizations.problems(node, reading: inputs, role: "teacher")
      + (settings.student?.problems(with: inputs, node["student"] ?? node) ?? [])
      + settings.layerProblems(node, reading: inputs)
      + inputs.problems(
        with: settings.transfer.map { (.transfer, $0) }, of: settings.student, node)
      + inputs.problems(withTemperatureIn: node)
      + EvaluatedSplits(settings.evaluate.splits).problems(node, reading: inputs)
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(
      on: EvaluatedSplits(settings.evaluate.splits).splits(reading: inputs),
      besides: [
        "agreement", "teacher-accuracy", "teacher-subset-accuracy", "teacher-rmse", "distance",
      ])
      + .training + .size + .baselines + [
        "teacher-parameters", "copied.*", "not-copied.*", "labelled", "unlabelled",
      ]
  }

  package static func places(_ node: Node) -> [String: SourceRange] {
    let temperature = node["temperature"].map { ["temperature": $0.range] } ?? [:]
    return temperature.merging(ModelPreset.places(node["student"])) { first, _ in first }
      .merging(TrainingRecipe.places(node)) { first, _ in first }
      .merging(LayerSetting.places(node)) { first, _ in first }
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
