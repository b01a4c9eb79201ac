/// One Arrow file of a split.
package struct Shard: Hashable, Sendable {
  /// The file's name within the dataset's directory.
  package var file: String
  package var rows: Int

  package init(file: String, rows: Int) {
    self.file = file
    self.rows = rows
  }
}
