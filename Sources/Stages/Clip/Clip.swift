package import Diagnostics
package import Pipeline
package import YAML

/// The stage that makes a model's weights smaller and fewer.
package enum Clip: Stage {
  package static let kind = "clip"
  package static let revision = 5
  package static let summary =
    "Clips a model's weights to limits, and prunes those nearest to zero while it is trained on."
  package static let inputs = [Role("model", .model), Role("data", .dataset)]
  package static let output = ArtifactKind.model

  package static let example = """
    from: teacher
    clip:
      weights: {percentile: 99.9}
      prune: {magnitude: {sparsity: 90%, epochs: 8}}
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if settings.weights == nil && settings.prune == nil {
      problems.append(
        Diagnostic(
          "there is nothing to clip", at: node.range,
          remedy: "set 'weights', for example '{percentile: 99.9}', or 'prune'"))
    }
    if let problem = settings.weights?.problem {
      problems.append(
        Diagnostic(
          problem.fact, at: (node["weights"] ?? node).range, remedy: problem.remedy))
    }
    if settings.during == .training, settings.weights == nil || settings.epochs == 0 {
      problems.append(
        Diagnostic(
          "weights cannot be clipped during training, because nothing is trained or clipped",
          at: (node["during"] ?? node).range,
          remedy: "set 'weights', and 'epochs' in 'prune: {magnitude: …}'"))
    }
    return problems
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    let quality = inputs.qualityMetrics(
      on: EvaluatedSplits(settings.evaluate).splits(reading: inputs))
    return quality + quality.below("before") + .training + .size + [
      "clipped.**", "sparsity", "sparsity-by-layer.*", "size.**", "size-before.**",
    ]
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    Normalizations.problems(node, reading: inputs, role: "model")
      + EvaluatedSplits(settings.evaluate).problems(node, reading: inputs)
  }

  package static func workload(_ settings: Settings) -> Workload {
    settings.epochs > 0 ? .gradientDescent(convolves: true) : .inference(convolves: true)
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    var run = try ClipRun(settings, job, reporter)
    try run.run()
  }
}
