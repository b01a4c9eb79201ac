internal import YAML

/// What the metadata of a shard's Arrow schema tells other programs.
enum ShardNotes {
  /// Of the file: the name of the file beside it that describes the dataset.
  static let description = "anneal:description"

  /// Of a column of tensors: what each element is, as a JSON array of texts.
  static let elements = "anneal:columns"

  static func text(_ names: [String]) -> String {
    Value.array(names.map(Value.string)).canonicalJSON
  }
}
