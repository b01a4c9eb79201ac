internal import Dataset
internal import Deployment
package import Diagnostics
internal import Options
package import Pipeline
package import YAML

/// Takes a model to the fastest deployment that this machine offers and that keeps its quality, by
/// measuring.
package enum Accelerate: Stage {
  package static let kind = "accelerate"
  package static let revision = 5
  package static let summary =
    "Measures the ways to run a model on this machine and writes the best one as a deployment."
  package static let inputs = [Role("model", .model), Role("data", .dataset)]
  package static let output = ArtifactKind.deployment
  package static let example = """
    from: small
    accelerate:
      goal: latency
      floor: {accuracy: -0.5%}
      export: [onnx, openvino]
    """

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    Normalizations.problems(node, reading: inputs, role: "model")
      + layersWithoutForm(settings, node, reading: inputs)
  }

  /// Refuses layers that what is asked for cannot hold.
  private static func layersWithoutForm(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    let formats = settings.export.filter(\.needsONNX).map(\.name)
    let engines = settings.engines.filter { $0.type.needsONNX }.map(\.name)
    guard !formats.isEmpty || !engines.isEmpty else { return [] }
    let key = formats.isEmpty ? "engines" : "export"
    let remedies = [("export", formats), ("engines", engines)].filter { !$0.1.isEmpty }
      .map { "\($0.1.joined(separator: " and ")) out of '\($0.0)'" }
    return inputs.facts(ModelMakeup.self, of: "model").flatMap(\.layersWithoutONNX).map { layer in
      Diagnostic(
        "the model's layer '\(layer.type)' has no form in ONNX, which '\(key)' asks for",
        at: (node[key] ?? node).range,
        remedy: "leave \(remedies.joined(separator: " and ")), or use another layer",
        notes: [Note("the layer is here", at: layer.range)])
    }
  }

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(on: [.validation, .test]) + [
      "run.**", "baseline.**", "batch", "speedup", "speedup-measured.**", "candidates",
      "formats.**", "files.**",
      "exports.**", "decision.**", "measurements.**",
    ]
  }

  package static func workload(_ settings: Settings) -> Workload {
    Workload(
      .measurement,
      variation: Variation(
        files: ["README.md", "deployment.json"],
        choice: ["engine", "precision", "channels-last", "folded"].map { ["run", $0] }))
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try AccelerationRun(settings, job, reporter).run()
  }
}
