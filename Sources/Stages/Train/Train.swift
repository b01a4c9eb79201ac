package import Diagnostics
internal import Learning
internal import Network
internal import Options
package import Pipeline
package import YAML

/// The stage that fits a network to a dataset.
package enum Train: Stage {
  package static let kind = "train"
  package static let revision = 4
  package static let summary =
    "Trains a network on a dataset, from first values or from a model that was trained before."
  package static let inputs = [
    Role("data", .dataset), Role("model", .model, isRequired: false),
  ]
  package static let output = ArtifactKind.model

  package static let example = """
    from: varied
    train:
      model: {resnet: {depth: 20}}
      epochs: 30
      optimizer: {adamw: {learning-rate: 0.002}}
      schedule: one-cycle
    """

  package static func inputs(of settings: Settings) -> [Role] {
    settings.model == nil
      ? [Role("model", .model), Role("data", .dataset)] : [Role("data", .dataset)]
  }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if !settings.freeze.isEmpty, settings.model != nil {
      problems.append(
        Diagnostic(
          "layers of a new network cannot be frozen", at: (node["freeze"] ?? node).range,
          remedy: "leave out 'model' and name a trained one in 'from'"))
    }
    if settings.labelSmoothing > 0, let loss = settings.loss, !loss.isForClasses {
      problems.append(
        Diagnostic(
          "labels cannot be smoothed for the loss '\(loss.name)', which compares values",
          at: (node["label-smoothing"] ?? node).range, remedy: "leave 'label-smoothing' out"))
    }
    return problems + settings.recipe.problems(training: settings.model, node)
  }

  package static func facts(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [any ArtifactFact] {
    let makeup = settings.model.map { [ModelMakeup($0, node["model"], reading: inputs)] } ?? []
    return makeup + inputs.normalizations()
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    (settings.model?.problems(with: inputs, node["model"] ?? node) ?? [])
      + inputs.problems(withLoss: settings.loss, node)
      + inputs.problems(ofClassesIn: settings, node)
      + EvaluatedSplits(settings.evaluate).problems(node, reading: inputs)
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(on: EvaluatedSplits(settings.evaluate).splits(reading: inputs))
      + .training + .size + .baselines + ["explanation.**"]
  }

  package static func places(_ node: Node) -> [String: SourceRange] {
    ModelPreset.places(node["model"])
  }

  package static func workload(_ settings: Settings) -> Workload {
    .gradientDescent(convolves: settings.model?.preset.convolves ?? true)
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    var run = try TrainRun(settings, job, reporter)
    try run.run()
  }
}
