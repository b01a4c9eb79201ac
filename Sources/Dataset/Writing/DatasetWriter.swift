internal import Artifacts
package import Diagnostics
package import YAML

/// Writes a dataset artifact, block after block.
///
/// Shards depend only on the rows of a split and their order, not on how they came in blocks.
package struct DatasetWriter: ~Copyable {
  private let directory: String
  private let layout: ShardLayout
  private var description: DatasetDescription
  private var splits: [SplitName: SplitWriter] = [:]

  /// Creates the directory where it is missing.
  package init(
    directory: String, features: [Feature], target: Target?, isWeighted: Bool = false
  ) throws(Diagnostic) {
    self.directory = directory
    description = DatasetDescription(features: features, target: target, isWeighted: isWeighted)
    layout = ShardLayout(description)
    let names = features.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Diagnostic("two features are named '\(twice)'")
    }
    try Folder.create(directory)
  }

  /// Appends rows to a split.
  package mutating func append(_ block: Block, to split: SplitName) throws(Diagnostic) {
    var writer = splits[split] ?? SplitWriter(split, layout: layout, directory: directory)
    splits[split] = nil  // So that its rows are not copied when they grow.
    try writer.append(block)
    splits[split] = writer
  }

  /// Takes over the shards of a split as they are, by hard link where the file system allows.
  package mutating func share(_ split: Split, from directory: String) throws(Diagnostic) {
    var writer = SplitWriter(split.name, layout: layout, directory: self.directory)
    try writer.share(split, from: directory)
    splits[split.name] = writer
  }

  /// Ends every shard and writes the description.
  package consuming func finish(
    applied: [any DeferredStep] = [], steps: [any DeferredStep] = [],
    statistics: Value = .object([:]), provenance: Value = .object([:])
  ) throws(Diagnostic) -> DatasetDescription {
    for name in SplitName.allCases {
      guard var writer = splits[name] else { continue }
      description.splits.append(try writer.finish())
    }
    description.applied = applied
    description.steps = steps
    description.statistics = statistics
    description.provenance = provenance
    try Folder.replaceFile(
      directory + "/" + DatasetDescription.fileName,
      with: Array((description.value.prettyJSON + "\n").utf8), lasting: false)
    return description
  }
}
