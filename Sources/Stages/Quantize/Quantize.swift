internal import Dataset
package import Diagnostics
internal import Options
package import Pipeline
package import YAML

/// Stores a model's weights as integers and lets its layers compute in them.
package enum Quantize: Stage {
  package static let kind = "quantize"
  package static let revision = 4
  package static let summary =
    "Stores weights as 8-bit integers and rounds activations, without training again."
  package static let inputs = [Role("model", .model), Role("data", .dataset)]
  package static let output = ArtifactKind.model
  package static let example = """
    from: student
    quantize:
      weights: int8
      activations: int8
      calibration: {percentile: {share: 99.99}}
    """

  package static func metrics(_ settings: Settings, reading inputs: KnownInputs) -> MetricPaths? {
    inputs.qualityMetrics(
      on: [.validation, .test],
      besides: ["before.**", "agreement", "sqnr-db", "degradation", "degradation-interval.*"])
      + ["layers.**", "quantised-weights", "bytes", "bytes-before", "compression"]
  }

  package static func check(
    _ settings: Settings, _ node: Node, reading inputs: KnownInputs
  ) -> [Diagnostic] {
    Normalizations.problems(node, reading: inputs, role: "model")
  }

  package static func places(_ node: Node) -> [String: SourceRange] {
    node["floor"].map { ["floor": $0.range] } ?? [:]
  }

  package static func workload(_ settings: Settings) -> Workload { Workload(.compute) }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try QuantizationRun(settings, job, reporter).run()
  }
}
