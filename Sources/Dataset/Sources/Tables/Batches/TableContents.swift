internal import Diagnostics
internal import YAML

/// The rows of a table's files, whatever their format: one conformance for each.
///
/// Whoever reads a table asks for columns, each in the form that it has a use for, and gets batch after
/// batch of rows. Nothing is said here of what columns are used for; that is the part of `FeatureEncoder`.
protocol TableContents: Sendable {
  var files: [SourceFile] { get }

  /// How the texts of cells are read, for each column of a header.
  func readers(of header: TableHeader) -> [CellReader]

  /// The names of the columns, which all files have to share.
  func header() throws(Diagnostic) -> TableHeader

  /// What a column holds by its file's own types; nil where only its values tell.
  func kind(of column: Int) -> ColumnKind?

  /// Whether a column holds texts by its file's own types, which are no numbers whatever they look like.
  func holdsTexts(_ column: Int) -> Bool

  /// Whether the cells of a column are lists of labels, as texts with `Target.listSeparator` before each label.
  func holdsLabels(_ column: Int) -> Bool

  /// Whether the cells of a column are whole files, by its file's own types.
  func holdsFiles(_ column: Int) -> Bool

  /// Whether the cells of a column can be read at all.
  func isRead(_ column: Int) -> Bool

  /// Whether the files themselves name their columns.
  var hasNames: Bool { get }

  /// What to write so that a column of this name is found.
  func remedies(toFind name: String) -> [Note]

  /// What to do about texts that are not UTF-8.
  var encodingRemedy: String { get }

  /// What a dataset records of how the files were read.
  var value: Value { get }

  /// Whether each row is a file.
  var isOfFiles: Bool { get }

  /// The files that cells name, by these names, where contents know them.
  var namedFiles: [String: SourceFile] { get }

  /// Whether a new row brings a column along to its answer.
  func bringsAlong(_ column: Int) -> Bool

  /// Some rows, about so many bytes of them, to look at; nil where all of them are soon read.
  func sample(bytes: Int) throws(Diagnostic) -> TableSample?

  /// Calls `body` with all rows of all files in order, some ten thousand at a time, until it returns false.
  /// The first batch is smaller: columns are guessed from it.
  ///
  /// - Parameters:
  ///   - requests: The columns in question; each batch has them in this order. A column may be asked for
  ///     in several forms.
  ///   - header: What `header()` gave, perhaps under other names.
  /// - Throws: What makes a file unreadable. Rows that are none of the table are `misfits` of their batch.
  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws
}

extension TableContents {
  var hasNames: Bool { true }
  var encodingRemedy: String { "write its texts anew as UTF-8" }
  var isOfFiles: Bool { false }
  var namedFiles: [String: SourceFile] { [:] }
  func bringsAlong(_ column: Int) -> Bool { true }
  func kind(of column: Int) -> ColumnKind? { nil }
  func holdsTexts(_ column: Int) -> Bool { false }
  func holdsLabels(_ column: Int) -> Bool { false }
  func holdsFiles(_ column: Int) -> Bool { false }
  func isRead(_ column: Int) -> Bool { true }
  func remedies(toFind name: String) -> [Note] { [] }

  func sample(bytes: Int) throws(Diagnostic) -> TableSample? { firstRows }

  /// A sample of what can be read from its start only.
  var firstRows: TableSample {
    TableSample(contents: FirstRows(FirstRows.usual, of: self), share: nil)
  }
}
