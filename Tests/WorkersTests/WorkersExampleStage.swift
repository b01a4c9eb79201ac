import Diagnostics
import Hardware
import Options
import Pipeline
import YAML

/// A stage whose settings say how it behaves.
enum WorkersExampleStage: Stage {
  struct Settings: Options {
    var behaviour = "succeed"
    static let title = "example"
    static let summary = "Behaves as told."

    static var fields: [Field<Self>] {
      option("behaviour", \.behaviour, "What to do.")
    }
  }

  static let kind = "example"
  static let revision = 1
  static let summary = "Behaves as told."
  static let inputs: [Role] = []
  static let output = ArtifactKind.model

  static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter) throws {
    switch settings.behaviour {
    case "fail":
      throw Diagnostics([
        Diagnostic("'x.csv' has no rows", remedy: "add rows"),
        Diagnostic("'y.csv' has no rows", remedy: "add rows"),
      ])
    case "wait":
      while !reporter.isCancelled {}
      throw CancellationError()
    case "flood":
      for count in 0...20_000 {
        reporter.progress(StageProgress(unit: "rows", completed: Double(count), total: 20_000))
      }
    case "settle":
      var resources = job.resources
      resources.threads = 1
      resources.precision = .bf16
      reporter.settle(resources)
    default:
      reporter.log("working on \(job.seed)")
      reporter.warn(Diagnostic("little data", severity: .warning))
      reporter.metrics(["test": ["accuracy": 1.0]])
      reporter.metrics(["test": ["loss": 0.25]])
    }
  }
}

extension StageJob {
  /// A job for the example stage with a folder of its own.
  static func example(
    _ behaviour: String = "succeed", in folder: borrowing WorkersFolder, threads: Int = 1,
    seed: UInt64 = .max
  ) -> StageJob {
    StageJob(
      stage: "sample", kind: "example", settings: ["behaviour": .string(behaviour)], inputs: [:],
      output: folder.path, checkpoints: folder.path, directory: folder.path, seed: seed,
      resources: Resources(
        device: .cpu, precision: .fp32, threads: threads, channelsLast: false,
        instructionSet: .avx2))
  }
}
