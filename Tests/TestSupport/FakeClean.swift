package import Options
package import Pipeline

package enum FakeClean: Stage {
  package enum Step: Choice {
    case drop
    case fill(String)

    package static var cases: [Case<Self>] {
      Case("drop", .drop, "Drop rows.")
      Case("fill", String.self, Self.fill, "Fill holes.")
    }

    package var payload: (any OptionValue)? {
      switch self {
      case .drop: nil
      case .fill(let text): text
      }
    }
  }

  package typealias Settings = [Step]

  package static let kind = "clean"
  package static let revision = 1
  package static let summary = "Cleans a dataset."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset

  package static func run(_ settings: Settings, _ job: StageJob, _ reporter: any StageReporter)
    throws
  {}
}
