internal import Artifacts
internal import Dataset
package import Options
internal import YAML

extension Clean {
  /// Rows whose content is the same, byte for byte.
  package struct Duplicates: Options, CleaningStep {
    package static let name = "duplicates"
    package static let purpose =
      "Keep one of rows that are the same, in the first split that has it."

    /// What has to be the same.
    package enum Content: String, NamedOption {
      case row
      case features

      package var summary: String {
        switch self {
        case .row: "All features and the target."
        case .features: "All features, whatever the target."
        }
      }
    }

    package var rows = Dropping.drop
    package var by = Content.row

    package init() {}

    package static let title = "Duplicates"
    package static let summary =
      "The first row is kept, in the order train, validation, test, so that no row is tested on "
      + "that was trained on. Images are compared pixel by pixel."
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "What becomes of the rows after the first.")
      option("by", \.by, "What has to be the same.")
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      var first: [Digest: SplitName] = [:]
      var dropped: [SplitName: Set<Int64>] = [:]
      var leaks = 0
      for split in data.splits {
        dropped[split] = []
        try data.forEachBlock(in: split) { block in
          for (row, digest) in zip(block.rows, digests(block, data.features)) {
            if let earlier = first[digest] {
              dropped[split]?.insert(row)
              if earlier != split { leaks += 1 }
            } else {
              first[digest] = split
            }
          }
        }
      }
      return .dropping(
        dropped,
        metrics: [
          "dropped": Value(perSplit: dropped.mapValues(\.count)), "across-splits": .int(leaks),
        ])
    }

    /// A digest of what is compared, for each row.
    private func digests(_ block: Block, _ features: [Feature]) -> [Digest] {
      var columns = features.compactMap { block.features[$0.name]?.bytes }
      if by == .row, let target = block.target { columns.append(target.bytes) }
      return block.rows.indices.map { place in
        var content: [UInt8] = []
        for column in columns {
          let width = column.count / block.count
          content += column[place * width..<(place + 1) * width]
        }
        return Digest(of: content)
      }
    }
  }
}
