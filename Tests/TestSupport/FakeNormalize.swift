package import Options
package import Pipeline

package enum FakeNormalize: Stage {
  package struct Settings: Options {
    package var per = "feature"

    package init() {}

    package static var fields: [Field<Self>] {
      option("per", \.per, "What shares a scale.")
    }
  }

  package static let kind = "normalize"
  package static let revision = 1
  package static let summary = "Scales features."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
