internal import Dataset
package import Diagnostics
internal import Options
package import Pipeline
package import YAML

/// The stage that reads files into a dataset.
package enum Load: Stage {
  package static let kind = "load"
  package static let revision = 2
  package static let summary =
    "Reads a table or images into a dataset with training, validation and test splits."
  package static let inputs: [Role] = []
  package static let output = ArtifactKind.dataset

  package static let example = """
    load:
      csv: data/digits.csv.gz
      target: digit
      features: {image: {columns: pixel_*, height: 8, width: 8}}
      split: {train: 70%, validation: 10%, test: 20%, stratify: true}
    """

  package static func check(
    _ settings: Settings, _ node: Node, in directory: String
  ) -> [Diagnostic] {
    settings.sources.named.flatMap { source in
      let search = FileSearch(directory)
      return search.problems(
        settings.sources.patterns(of: source), at: node[source.key] ?? node)
        + source.problems(settings.request(of: source), search, node)
    }
  }

  package static func files(_ settings: Settings) -> [String] {
    settings.sources.named.flatMap { settings.sources.patterns(of: $0).flatMap(\.alternatives) }
  }

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    try LoadRun(settings, job, reporter).run()
  }
}
