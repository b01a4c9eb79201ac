package import Diagnostics
internal import Learning
internal import Network
internal import Options
package import Pipeline
package import YAML

/// The stage that fits a network to a dataset.
package enum Train: Stage {
  package static let kind = "train"
  package static let revision = 5
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

  package static let incidentalKeys = TrainingRecipe.incidentalKeys

  package static func inputs(of settings: Settings) -> [Role] {
    guard settings.model != nil else { return [Role("model", .model), Role("data", .dataset)] }
    let isFromStage = settings.initialize.map { $0.path == nil } ?? false
    return [Role("data", .dataset)] + (isFromStage ? [Role(Initialize.role, .model)] : [])
  }

  package static func references(in node: Node) -> [StageNaming] {
    Initialize.stage(in: node).map { [StageNaming(role: Initialize.role, node: $0)] } ?? []
  }

  package static func files(_ settings: Settings) -> [String] {
    settings.initialize?.file.map { [$0] } ?? []
  }

  package static func expected(_ settings: Settings, _ node: Node) -> [ReadPattern] {
    guard let file = settings.initialize?.file, let given = node["initialize"] else { return [] }
    return [ReadPattern(file, at: (given["from"] ?? given).range)]
  }

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if !settings.freeze.isEmpty, settings.model != nil, settings.initialize == nil {
      problems.append(
        Diagnostic(
          "layers of a new network cannot be frozen", at: (node["freeze"] ?? node).range,
          remedy:
            "leave out 'model' and name a trained one in 'from', or let the network start from "
            + "one with 'initialize'"))
    }
    if settings.initialize != nil, settings.model == nil {
      problems.append(
        Diagnostic(
          "'initialize' is for a new network, and there is no 'model'",
          at: (node["initialize"] ?? node).range,
          remedy: "name the network to train with 'model', or leave 'initialize' out to train on "
            + "what 'from' names"))
    }
    for entry in node["layer-rates"]?.mapping ?? [] where Pattern(entry.key) == nil {
      problems.append(.malformedPattern(entry.key, at: entry.keyRange))
    }
    if settings.labelSmoothing > 0, let loss = settings.loss, !loss.isForClasses {
      problems.append(
        Diagnostic(
          "labels cannot be smoothed for the loss '\(loss.name)', which compares values",
          at: (node["label-smoothing"] ?? node).range, remedy: "leave 'label-smoothing' out"))
    }
    return problems + settings.training.problems(training: settings.model, node)
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
      + inputs.problems(with: settings.patterns, of: settings.model, node)
      + inputs.problems(withLoss: settings.loss, node)
      + inputs.problems(ofClassesIn: settings, node)
      + EvaluatedSplits(settings.evaluate.splits).problems(node, reading: inputs)
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(on: EvaluatedSplits(settings.evaluate.splits).splits(reading: inputs))
      + .training + .size + .baselines + ["initialized.**", "explanation.**"]
  }

  package static func places(_ node: Node) -> [String: SourceRange] {
    ModelPreset.places(node["model"]).merging(TrainingRecipe.places(node)) { first, _ in first }
      .merging(LayerSetting.places(node)) { first, _ in first }
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
