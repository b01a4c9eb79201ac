internal import Options

/// How the text of a delimited file is to be read.
package struct TableFormat: Hashable, Sendable {
  /// The byte between fields; nil where file name and first line tell.
  package var delimiter: UInt8?

  /// The byte around fields that hold delimiters or line ends; nil where there is none.
  var quote: UInt8? = UInt8(ascii: "\"")

  /// Whether the first row names the columns; otherwise they are `column_1`, `column_2` and so on.
  package var hasHeader: Bool

  /// How many lines come before the table.
  var skippedLines = 0

  /// The byte that starts a line of comment.
  var comment: UInt8?

  var encoding = TextEncoding.utf8

  /// How numbers are written.
  var style = NumberStyle.plain

  /// The texts that stand for a missing value, beside an empty field and NaN.
  package var missing: Set<String>

  /// Further ones of the columns that a pattern names.
  var missingByColumn: [String: Set<String>] = [:]

  package init(delimiter: UInt8? = nil, hasHeader: Bool = true, missing: Set<String> = []) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missing = missing
  }

  /// The byte between fields that a file's name tells: a tab in `.tsv` and `.tab` files and a comma
  /// elsewhere.
  static func usualDelimiter(of name: String) -> UInt8 {
    var name = name.lowercased()
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    return name.hasSuffix(".tsv") || name.hasSuffix(".tab")
      ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }

  /// How the fields of each column are read.
  func readers(of header: TableHeader) -> [CellReader] {
    let names = Set(header.names)
    return header.names.map { name in
      var texts = missing
      for (column, own) in missingByColumn
      where column == name || (!names.contains(column) && Pattern(column)?.matches(name) ?? false) {
        texts.formUnion(own)
      }
      return CellReader(missing: MissingTexts(texts), style: style)
    }
  }
}
