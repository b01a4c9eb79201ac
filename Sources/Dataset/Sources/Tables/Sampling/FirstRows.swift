internal import Diagnostics
internal import YAML

/// The first rows of a table.
struct FirstRows: TableContents {
  private let all: any TableContents
  private let most: Int

  /// So many are a sample.
  static let usual = 50_000

  init(_ most: Int, of all: any TableContents) {
    self.all = all
    self.most = most
  }

  var files: [SourceFile] { all.files }
  var hasNames: Bool { all.hasNames }
  var isOfFiles: Bool { all.isOfFiles }
  var namedFiles: [String: SourceFile] { all.namedFiles }
  var value: Value { all.value }

  func readers(of header: TableHeader) -> [CellReader] { all.readers(of: header) }
  func header() throws(Diagnostic) -> TableHeader { try all.header() }
  func kind(of column: Int) -> ColumnKind? { all.kind(of: column) }
  func holdsTexts(_ column: Int) -> Bool { all.holdsTexts(column) }
  func holdsLabels(_ column: Int) -> Bool { all.holdsLabels(column) }
  func bringsAlong(_ column: Int) -> Bool { all.bringsAlong(column) }
  func remedies(toFind name: String) -> [Note] { all.remedies(toFind: name) }

  /// Stops with the batch in which the last row lies.
  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    var rows = 0
    try all.forEachBatch(requests, of: header) { batch in
      rows += batch.rows
      var batch = batch
      batch.isLast = batch.isLast || rows >= most
      return try body(batch) && rows < most
    }
  }
}
