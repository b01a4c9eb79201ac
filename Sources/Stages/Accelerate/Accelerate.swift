internal import Diagnostics
package import Pipeline

/// Takes a model to the fastest deployment that this machine offers and that keeps its quality, by
/// measuring.
package enum Accelerate: Stage {
  package static let kind = "accelerate"
  package static let revision = 1
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
