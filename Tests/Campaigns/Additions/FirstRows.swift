internal import Dataset
package import Options
internal import YAML

extension Clean {
  /// Only the first rows of each split.
  package struct FirstRows: Options, CleaningStep {
    package static let name = "first-rows"
    package static let purpose = "Keep only the first rows of each split."

    package var count = 100

    package init() {}

    package static let title = "First rows"
    package static let summary = "Keeps only the first rows of each split."
    package static let shorthand: String? = "count"

    package static var fields: [Field<Self>] {
      option("count", \.count, in: 1..., "How many rows of a split stay.")
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      var dropped: [SplitName: RowMask] = [:]
      for split in data.splits {
        var mask = RowMask()
        for place in 0..<(data.rows[split] ?? 0) { mask.append(place >= count) }
        dropped[split] = mask
      }
      return .dropping(
        dropped, metrics: ["dropped": Value(perSplit: dropped.mapValues(\.marked))])
    }
  }
}
