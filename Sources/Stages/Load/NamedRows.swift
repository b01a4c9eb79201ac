internal import Dataset
internal import Diagnostics
internal import Network

/// Columns of texts that are categories in name only: most rows have one of their own, so that a network
/// learns the rows by heart from them and nothing about others.
struct NamedRows {
  private let columns: [(name: String, texts: Int)]
  private let rows: Int

  /// Fewer different texts are as good as any categories.
  private static let leastTexts = 20

  /// - Parameter rows: How many were loaded.
  init(_ features: [Feature], rows: Int) {
    self.rows = rows
    columns = features.filter { feature in
      feature.kind.traits.holdsCodes && feature.categories.count >= Self.leastTexts
        && feature.categories.count * 2 > rows
    }.map { (name: $0.name, texts: $0.categories.count) }
  }

  /// One for each such column.
  var warnings: [Diagnostic] {
    columns.map { column in
      Diagnostic(
        "the column '\(column.name)' has \(column.texts) different texts in \(rows) rows, and becomes "
          + "a category of as many values", severity: .warning,
        remedy: "leave out a column that only names its rows: list the others in 'features'")
    }
  }
}
