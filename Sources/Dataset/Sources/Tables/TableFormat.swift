/// How the text of a delimited file is to be read.
package struct TableFormat: Hashable, Sendable {
  /// The byte between fields; nil for a tab in `.tsv` and `.tab` files and a comma elsewhere.
  package var delimiter: UInt8?

  /// Whether the first row names the columns; otherwise they are `column_1`, `column_2` and so on.
  package var hasHeader: Bool

  /// The texts that stand for a missing value, beside an empty field and NaN.
  package var missing: Set<String>

  package init(delimiter: UInt8? = nil, hasHeader: Bool = true, missing: Set<String> = []) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.missing = missing
  }

  /// The byte between fields of a file of that name.
  func delimiter(for name: String) -> UInt8 {
    if let delimiter { return delimiter }
    var name = name.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    return name.hasSuffix(".tsv") || name.hasSuffix(".tab")
      ? UInt8(ascii: "\t") : UInt8(ascii: ",")
  }
}
