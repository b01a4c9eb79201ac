package import Options
package import Pipeline

package enum FakeAccelerate: Stage {
  package struct Settings: Options {

    package init() {}
    package static var fields: [Field<Self>] {
      []
    }
  }

  package static let kind = "accelerate"
  package static let revision = 1
  package static let summary = "Deploys a model."
  package static let inputs = [Role("model", .model), Role("data", .dataset, isRequired: false)]
  package static let output = ArtifactKind.deployment

  package static func workload(_ settings: Settings) -> Workload { .measurement }

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
