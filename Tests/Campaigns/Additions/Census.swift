internal import Dataset
package import Options
package import Pipeline
internal import YAML

/// Counts the rows of each split and hands the dataset on.
package enum Census: Stage {
  package struct Settings: Options, Hashable {
    package init() {}

    package static let title = "census"
    package static let summary = Census.summary
    package static var fields: [Field<Self>] { [] }
  }

  package static let kind = "census"
  package static let revision = 1
  package static let summary = "Counts the rows of each split."
  package static let inputs = [Role("data", .dataset)]
  package static let output = ArtifactKind.dataset
  package static let example = """
    from: digits
    census: {}
    """

  package static func run(
    _ settings: Settings, _ job: StageJob, _ reporter: any StageReporter
  ) throws {
    let dataset = try Dataset(opening: job.requiredInput("data").directory)
    let counts = dataset.splits.map { ($0.rawValue, Value.int(dataset[$0]?.rows ?? 0)) }
    let metrics: Value = ["rows": .object(Dictionary(uniqueKeysWithValues: counts))]
    let description = dataset.description
    var writer = try DatasetWriter(
      directory: job.output, features: description.features, target: description.target,
      isWeighted: description.isWeighted)
    for split in description.splits { try writer.share(split, from: dataset.directory) }
    _ = try writer.finish(
      applied: description.applied, steps: description.steps,
      statistics: description.statistics.merging(["census": metrics]),
      provenance: description.provenance)
    reporter.metrics(metrics)
  }
}
