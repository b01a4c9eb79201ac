internal import Hardware
package import Options
package import Pipeline

package enum FakeTrain: Stage {
  package struct Settings: Options {
    package var epochs = 10
    package var hidden = [16]
    package var name = ""

    package init() {}

    package static var fields: [Field<Self>] {
      option("epochs", \.epochs, in: 1...1000, "Passes over the data.")
      option("hidden", \.hidden, in: 1..., "The widths of hidden layers.")
      option("name", \.name, "A name for the model.")
    }
  }

  package static let kind = "train"
  package static let revision = 3
  package static let summary = "Trains a network."
  package static let inputs = [Role("data", .dataset), Role("model", .model, isRequired: false)]
  package static let output = ArtifactKind.model

  package static func workload(_ settings: Settings) -> Workload {
    Workload(
      .compute, trains: true, convolves: true, precisions: [.fp32, .tf32, .bf16, .fp16],
      usesAccelerators: true)
  }

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
