internal import Diagnostics
internal import YAML

/// The rows of files with a JSON object on each line, one file after the other.
///
/// A value is a cell as it would be one of a text file: numbers are numbers whether they stand in quotes or
/// not, what is null or left out is missing. Members of members are columns `a.b`, elements of lists `a_0`; the
/// lists of one name may be labels instead, a cell each.
struct ObjectContents: TableContents {
  let files: [SourceFile]
  let format: TableFormat
  private let tables: [ObjectTable]
  private let names: [String]

  /// The name whose lists are labels, where there are any.
  private let labels: String?

  /// Whether every name is known.
  let isComplete: Bool

  /// - Parameters:
  ///   - most: Bytes of each file that are looked through for names.
  ///   - labels: The name whose lists are labels.
  init(
    files: [SourceFile], format: TableFormat, atMost most: Int = .max, labels: String? = nil
  ) throws(Diagnostic) {
    self.files = files
    self.format = format
    var names: [String] = []
    var isComplete = true
    var hasLabels = false
    for file in files {
      let table = try ObjectTable(file, atMost: most, knowing: [], labels: labels)
      hasLabels = hasLabels || table.hasLabels
      let known = Set(names)
      names += table.names.filter { !known.contains($0) }
      isComplete = isComplete && table.isComplete
    }
    var tables: [ObjectTable] = []
    for file in files {
      tables.append(try ObjectTable(file, atMost: 0, knowing: names, labels: labels))
    }
    self.tables = tables
    self.names = names
    self.isComplete = isComplete
    self.labels = hasLabels ? labels : nil
  }

  func holdsLabels(_ column: Int) -> Bool { names[column] == labels }

  func header() throws(Diagnostic) -> TableHeader {
    guard let file = files.first else { throw Diagnostic("there is no file to read") }
    guard !names.isEmpty else {
      throw Diagnostic(
        "'\(file.name)' has no object with a value",
        remedy: "each line is an object, such as {\"x\": 1.5, \"kind\": \"a\"}")
    }
    return try TableHeader(columns: names, at: RowPlaces(file: file, firstLine: 1).range(of: 0))
  }

  func readers(of header: TableHeader) -> [CellReader] { format.readers(of: header) }

  var value: Value { format.value }

  func forEachBatch(
    _ requests: [ColumnRequest], of header: TableHeader, _ body: (TableBatch) throws -> Bool
  ) throws {
    try forEachBatch(
      of: tables, requests, readers(of: header),
      places: { file, native, _ in
        RowPlaces(file: file, firstLine: native.firstLine, lines: native.lines)
      }, problem: problem, body)
  }

  private func problem(_ code: Int) -> String {
    switch code {
    case -2: "the line is no JSON object"
    case -4: "values lie more than 32 levels deep"
    case -6:
      "a label of '\(labels ?? "")' is an object, a list or has '\(Target.listSeparator)' in it"
    case -5: "the object has a name that no other has"
    case -7: "the object has two values of one name"
    case -8: "a name in the object holds a zero byte"
    default: "the line is no whole JSON object"
    }
  }
}
