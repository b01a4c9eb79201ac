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
      var dropped: [SplitName: Set<Int64>] = [:]
      for split in data.splits {
        var seen = 0
        dropped[split] = []
        try data.forEachBlock(in: split) { block in
          dropped[split]?.formUnion(block.rows.dropFirst(max(0, count - seen)))
          seen += block.count
        }
      }
      return .dropping(
        dropped, metrics: ["dropped": Value(perSplit: dropped.mapValues(\.count))])
    }
  }
}
