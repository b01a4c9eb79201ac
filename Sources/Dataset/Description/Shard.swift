/// One Arrow file of a split.
package struct Shard: Hashable, Sendable {
  /// The file's name within the dataset's directory.
  package var file: String
  package var rows: Int

  /// Whether all its numbers are known to be finite: none is missing or infinite.
  package var isFinite = false

  package init(file: String, rows: Int, isFinite: Bool = false) {
    self.file = file
    self.rows = rows
    self.isFinite = isFinite
  }
}
