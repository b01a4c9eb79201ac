internal import Diagnostics
internal import Network
internal import YAML

extension TableSource {
  package var newNames: [String] { rows.files.count > 1 ? ["file", "row"] : ["row"] }

  package func readNew(_ body: (NewRowBlock) throws -> Void) throws {
    guard let schema else { return }
    let reader = NewRowReader(schema, truth: truth, rows.format)
    var builder = TableBlockBuilder(schema, rows.format)
    var read: [NewRow] = []
    try rows.forEachRow(columns: header.names.count) { record, place, problem in
      var row = newRow(at: place)
      row.cells = header.names.indices.map { $0 < record.count ? record.text($0) ?? "" : "" }
      let problem = problem ?? reader.infinity(in: record) ?? builder.append(record, id: place.id)
      if let problem {
        row.problem = row.problem(problem)
      } else {
        reader.complete(&row, from: record)
      }
      read.append(row)
      guard read.count == 4096 else { return }
      try body(NewRowBlock(rows: read, block: builder.take()))
      read = []
    }
    if !read.isEmpty { try body(NewRowBlock(rows: read, block: builder.take())) }
  }

  private func newRow(at place: TableRows.Place) -> NewRow {
    var name: Value = ["row": .int(place.number)]
    if rows.files.count > 1 { name["file"] = .string(fileName(place.file)) }
    return NewRow(name: name, label: "row \(place.number)", place: place.range)
  }
}

/// Reads of new rows what training rows have no use for.
private struct NewRowReader {
  private let schema: TableSchema
  private let truth: RowParser?
  private let classes: CodeTable
  private let readers: [CellReader]
  private let known: [Int: (name: String, texts: CodeTable)]

  init(_ schema: TableSchema, truth: TableSchema?, _ format: TableFormat) {
    self.schema = schema
    self.truth = truth.map { RowParser($0, format) }
    readers = format.readers(of: schema.header)
    classes = CodeTable(truth?.target?.classes ?? [])
    var known: [Int: (name: String, texts: CodeTable)] = [:]
    for input in schema.inputs where input.feature.kind.traits.holdsCodes {
      guard let column = input.columns.first else { continue }
      known[column] = (schema.header.names[column], CodeTable(input.feature.categories))
    }
    self.known = known
  }

  /// A number of the row that no model can compute with.
  func infinity(in record: borrowing Record) -> String? {
    for input in schema.inputs where !input.feature.kind.traits.holdsCodes {
      for column in input.columns {
        guard case .number(let number) = readers[column].cell(record[column]), number.isInfinite
        else { continue }
        let name = schema.header.names[column]
        return "'\(record.text(column) ?? "")' in the column '\(name)' is not a finite number"
      }
    }
    return nil
  }

  /// Notes what is right, as far as the row tells, and the texts that the model does not know.
  func complete(_ row: inout NewRow, from record: borrowing Record) {
    for (column, category) in known.sorted(by: { $0.key < $1.key }) {
      guard readers[column].cell(record[column]) != .missing else { continue }
      let text = (record.text(column) ?? "").trimmingBlanks
      guard category.texts[text] == nil else { continue }
      row.remarks.append(
        "'\(text)' is no value of '\(category.name)' that the model knows, and counts as missing")
    }
    guard let truth, let target = truth.schema.target else { return }
    var parsed = RowParser.Row()
    if let problem = truth.parse(record, into: &parsed) {
      row.doubt = problem
    } else if target.task == .regression {
      row.truth = Float(parsed.target)
    } else if let code = classes[parsed.label] {
      row.truth = Float(code)
    } else {
      row.doubt = "'\(parsed.label)' is no class of '\(target.name)' that the model knows"
    }
  }
}
