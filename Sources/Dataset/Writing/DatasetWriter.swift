package import Artifacts
package import Diagnostics
package import YAML

/// Writes a dataset artifact, block after block.
///
/// Shards depend only on the rows of a split and their order, not on how they came in blocks.
package struct DatasetWriter: ~Copyable {
  private let directory: String
  private let writing: SplitsWriting
  private var description: DatasetDescription

  /// Creates the directory where it is missing.
  ///
  /// - Parameter wrote: Hears of shards that are complete, from any thread.
  package init(
    directory: String, features: [Feature], target: Target?, isWeighted: Bool = false,
    wrote: (@Sendable (DigestedFile) -> Void)? = nil
  ) throws(Diagnostic) {
    self.directory = directory
    description = DatasetDescription(features: features, target: target, isWeighted: isWeighted)
    writing = SplitsWriting(ShardLayout(description), in: directory, ShardDigests(wrote))
    let names = features.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Diagnostic("two features are named '\(twice)'")
    }
    try Folder.create(directory)
  }

  /// No thread goes on writing to a directory that its owner has given up.
  deinit { writing.wait() }

  /// Appends rows to a split.
  ///
  /// - Parameter places: Those of the rows in the block; all where nil is given.
  /// - Throws: What went wrong with these rows, or with those before.
  package mutating func append(
    _ block: Block, at places: [Int]? = nil, to split: SplitName
  ) throws(Diagnostic) {
    try writing.append(block, at: places, to: split)
  }

  /// Takes over the shards of a split as they are, by hard link where the file system allows.
  package mutating func share(_ split: Split, from directory: String) throws(Diagnostic) {
    try writing.share(split, from: directory)
  }

  /// Ends every shard and writes the description.
  package consuming func finish(
    applied: [any DeferredStep] = [], steps: [any DeferredStep] = [],
    statistics: Value = .object([:]), provenance: Value = .object([:])
  ) throws(Diagnostic) -> DatasetDescription {
    description.splits = try writing.finish()
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
