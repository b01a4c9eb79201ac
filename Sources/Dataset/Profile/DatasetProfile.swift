package import YAML

/// What a dataset's values look like, for people: taken from some of its rows, spread evenly over all.
package struct DatasetProfile: Hashable, Sendable {
  /// How many rows the dataset has, and how many of them were looked at.
  package var rows: Int
  package var sampled: Int
  package var columns: [ColumnProfile]

  /// How many columns are not told of, because there are too many.
  package var left: Int

  /// The file of a dataset's directory that holds it, and the one with some pictures.
  package static let fileName = "profile.json"
  package static let picturesName = "samples.png"

  /// More columns than this are not told of one by one.
  static let mostColumns = 64

  package var value: Value {
    [
      "rows": .int(rows), "sampled": .int(sampled), "columns": .array(columns.map(\.value)),
      "left": .int(left),
    ]
  }
}
