package import Options
package import Pipeline

package enum FakeQuantize: Stage {
  package struct Settings: Options {
    package var bits = 8

    package init() {}

    package static var fields: [Field<Self>] {
      option("bits", \.bits, in: 2...8, "The bits of a weight.")
    }
  }

  package static let kind = "quantize"
  package static let revision = 1
  package static let summary = "Rounds weights."
  package static let inputs = [Role("model", .model), Role("data", .dataset)]
  package static let output = ArtifactKind.model

  package static func workload(_ settings: Settings) -> Workload { .inference(convolves: true) }

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
