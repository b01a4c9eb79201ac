package import Diagnostics
package import Options
package import YAML

/// Tables of text: CSV and TSV files.
package enum CSVFiles: Source {
  package static let key = "csv"
  package static let summary = "CSV or TSV files, plain or gzip; wildcards are allowed."
  package static let sharedKeys: [SharedKey] = [.target, .features]

  package struct Settings: Options {
    var missing: OneOrMany<MissingText> = []
    var delimiter: Delimiter?
    var header = true

    package init() {}

    package static var fields: [Field<Self>] {
      option("missing", \.missing, "Texts that stand for a missing value, beside empty and NaN.")
      option("delimiter", \.delimiter, "What stands between fields; by default told by file name.")
      option("header", \.header, "Whether the first row of a table names its columns.")
    }
  }

  package static func check(
    _ settings: Settings, _ request: RowRequest, _ node: Node
  ) -> [Diagnostic] {
    guard request.target == nil, request.task != RowRequest.Task.none else { return [] }
    return [
      Diagnostic(
        "the column to predict is not named", at: node["target"]?.range ?? node.range,
        remedy: "add 'target: COLUMN', or 'task: none' where nothing is predicted")
    ]
  }

  package static func open(
    _ settings: Settings, _ request: RowRequest, _ search: FileSearch
  ) throws -> any RowSource {
    try TableSource(
      search.files(request.patterns), format: settings.format, selection: TableSelection(request))
  }

  /// A model whose features are made of columns finds them by their names.
  package static func newRows(
    _ files: [SourceFile], for features: [Feature], _ provenance: Value
  ) throws -> (any RowSource)? {
    guard features.allSatisfy({ !$0.columns.isEmpty }) else { return nil }
    let format = TableFormat(
      hasHeader: provenance["header"]?.bool ?? true,
      missing: Set((provenance["missing"]?.array ?? []).compactMap(\.string)))
    return try TableSource(files, format: format, features: features)
  }
}

extension CSVFiles.Settings {
  /// How the text of the files is to be read.
  var format: TableFormat {
    TableFormat(
      delimiter: delimiter?.byte, hasHeader: header, missing: Set(missing.elements.map(\.text)))
  }
}

extension CSVFiles {
  /// A text that stands for a missing value; a number such as -999 may be written without quotes.
  struct MissingText: OptionValue, Hashable {
    var text: String

    static var schema: Schema { .either([String.schema, Double.schema]) }

    var value: Value { .string(text) }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> MissingText? {
      if let scalar = node.scalar, !node.isNull { return MissingText(text: scalar.text) }
      return String.decode(node, into: &problems).map { MissingText(text: $0) }
    }
  }

  /// The one byte between fields.
  struct Delimiter: OptionValue, Hashable {
    var byte: UInt8

    static var schema: Schema { String.schema }

    var value: Value { .string(String(UnicodeScalar(byte))) }

    static func decode(_ node: Node, into problems: inout Diagnostics) -> Delimiter? {
      guard let text = String.decode(node, into: &problems) else { return nil }
      if text == "tab" { return Delimiter(byte: UInt8(ascii: "\t")) }
      let unfit: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
      if let byte = text.utf8.first, text.utf8.count == 1, !unfit.contains(byte), byte < 0x80 {
        return Delimiter(byte: byte)
      }
      problems.add(
        Diagnostic(
          "'\(text)' cannot stand between fields", at: node.range,
          remedy: "write one character such as ';', or 'tab'"))
      return nil
    }
  }
}
