internal import Hardware
package import Options
package import Pipeline

package enum FakeDistill: Stage {
  package struct Settings: Options {
    package var temperature = 4.0

    package init() {}

    package static var fields: [Field<Self>] {
      option("temperature", \.temperature, in: .above(0.0), "How soft the teacher's answers are.")
    }
  }

  package static let kind = "distill"
  package static let revision = 1
  package static let summary = "Trains a student."
  package static let inputs = [Role("teacher", .model, allowsMany: true), Role("data", .dataset)]
  package static let output = ArtifactKind.model

  package static func workload(_ settings: Settings) -> Workload {
    Workload(
      .compute, trains: true, convolves: false, precisions: [.fp32, .tf32, .bf16, .fp16],
      usesAccelerators: true)
  }

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
