package import Diagnostics
package import Options
package import YAML

extension CSVFiles {
  /// How tables are written, and which of their columns are used.
  package struct Settings: Options {
    var missing = MissingChoice()
    var columns: OneOrMany<ColumnChoice> = []
    var kinds: [String: ColumnKind] = [:]
    var delimiter: Delimiter?
    var header = true
    var quote = Quote.double
    var decimal = DecimalMark.point
    var thousands: ThousandsMark?
    var encoding = TextEncoding.utf8
    var skipRows = 0
    var comment: CommentMark?

    package init() {}

    package static var fields: [Field<Self>] {
      option(
        "missing", \.missing,
        "Texts that stand for a missing value, beside empty and NaN: for all columns, or by column."
      )
      option(
        "columns", \.columns,
        "The columns to use, by name or pattern; those with `!` before them are left out.")
      option(
        "kinds", \.kinds,
        "What columns hold, by name or pattern; by default their values tell.")
      option(
        "delimiter", \.delimiter,
        "What stands between fields; by default file name and first rows tell.")
      option("header", \.header, "Whether the first row of a table names its columns.")
      option("quote", \.quote, "What stands around fields that hold delimiters or line ends.")
      option("decimal", \.decimal, "What stands before the decimals of a number.")
      option("thousands", \.thousands, "What stands between the thousands of a number.")
      option("encoding", \.encoding, "How characters are stored.")
      option("skip-rows", \.skipRows, in: 0...1_000_000, "How many lines come before the table.")
      option("comment", \.comment, "What a line starts with that is passed over.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard settings.thousands?.byte == settings.decimal.byte else { return [] }
      return [
        Diagnostic(
          "'decimal' and 'thousands' are the same", at: (node["thousands"] ?? node).range,
          remedy: "numbers such as 1.234,5 have 'decimal: \",\"' and 'thousands: \".\"'")
      ]
    }

    /// The same as readers of tables need it.
    var format: TableFormat {
      var format = TableFormat(
        delimiter: delimiter?.byte, hasHeader: header, missing: missing.everywhere)
      format.missingByColumn = missing.byColumn
      format.quote = quote.byte
      format.style = NumberStyle(decimal: decimal.byte, thousands: thousands?.byte)
      format.encoding = encoding
      format.skippedLines = skipRows
      format.comment = comment?.byte
      return format
    }

    /// Which columns are used, and for what.
    func selection(_ request: RowRequest) -> TableSelection {
      var selection = TableSelection(request)
      selection.columns = columns.elements
      selection.kinds = kinds
      return selection
    }

    /// Features that are made of what is no input.
    func overlaps(with request: RowRequest, _ node: Node) -> [Diagnostic] {
      let targets = request.targets.map { (Optional($0.text), "the target") }
      let roles =
        targets + [
          (request.group, "the group"), (request.split, "the column of splits"),
          (request.weight, "the weight"),
        ]
      return roles.flatMap { column, role -> [Diagnostic] in
        guard let column else { return [] }
        let features = request.features.filter { $0.columns.contains { $0.text == column } }
        var problems = features.map { feature in
          Diagnostic(
            "'\(column)' is \(role), and cannot be a part of the feature '\(feature.name)' too",
            at: CSVFiles.place(of: column, amongColumnsOf: feature, in: node),
            remedy: "take it out of the feature's columns")
        }
        if kinds[column] != nil, role == "the target" {
          problems.append(
            Diagnostic(
              "'\(column)' is the target, whose kind is its task",
              at: (node["kinds"]?[column] ?? node).range,
              remedy: "write 'task: classification' or 'task: regression'"))
        }
        if columns.elements.contains(where: { $0.isLeftOut && $0.pattern.text == column }) {
          problems.append(
            Diagnostic(
              "'\(column)' is \(role), and cannot be left out",
              at: (node["columns"] ?? node).range, remedy: "take it out of 'columns'"))
        }
        return problems
      }
    }
  }
}
