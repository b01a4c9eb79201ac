internal import Artifacts
internal import Diagnostics

/// How answers are written.
enum AnswerFormat: String, CaseIterable {
  /// Columns of text for people.
  case table
  case csv, tsv
  /// An array of objects, and an object a line.
  case json, jsonl

  /// - Parameter path: a file whose name's ending tells the format.
  init(ofFile path: String) throws(UsageError) {
    let ending = path.lastName.split(separator: ".").dropFirst().last.map { $0.lowercased() }
    switch ending {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "jsonl", "ndjson": self = .jsonl
    case "txt": self = .table
    default:
      throw UsageError(
        "the name of '\(path)' does not tell in which format to write it",
        remedy: "give --format, or a name that ends in .csv, .tsv, .json, .jsonl or .txt")
    }
  }

  /// Whether what keeps answers from being written is told in the same format.
  var isForPrograms: Bool { self == .json || self == .jsonl }

  /// Whether rows bring along all that they have, where nobody says what they are to bring.
  var carriesRows: Bool { self == .csv || self == .tsv || self == .jsonl }
}
