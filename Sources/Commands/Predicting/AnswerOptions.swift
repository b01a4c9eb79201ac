/// What answers are written, where and how.
struct AnswerOptions {
  var limit: Int?
  var format: String?
  var output: String?
  var keep: [String] = []
  var score = false
  var isJSON = false

  /// The format that is asked for, or that the file's name tells.
  func answerFormat() throws(UsageError) -> AnswerFormat {
    if let format, isJSON, format != "json" {
      throw UsageError(
        "'--json' and '--format \(format)' contradict each other", remedy: "give one")
    }
    if isJSON { return .json }
    if let format, let known = AnswerFormat(rawValue: format) { return known }
    guard let output, !score else { return .table }
    return try AnswerFormat(ofFile: output)
  }

  /// The words that say the same to another process.
  var words: [String] {
    var words: [String] = []
    if let limit { words += ["--limit", "\(limit)"] }
    if let format { words += ["--format", format] }
    if let output { words += ["--output=" + output] }
    words += keep.map { "--keep=" + $0 }
    if score { words.append("--score") }
    if isJSON { words.append("--json") }
    return words
  }
}

/// The options that say which answers are written, where and how.
func answerOptions<Root>(_ path: WritableKeyPath<Root, AnswerOptions>) -> [Parameter<Root>] {
  [
    option(
      "format", short: "f", path.appending(path: \.format), "FORMAT",
      choices: AnswerFormat.allCases.map(\.rawValue), "One of table, csv, tsv, json and jsonl."),
    option(
      "output", short: "o", path.appending(path: \.output), "FILE",
      "Write the answers to a file, in the format of its name's ending."),
    option(
      "keep", path.appending(path: \.keep), "COLUMN",
      "Bring along this column of the input, and only those named so."),
    option("limit", path.appending(path: \.limit), "ROWS", "The most rows to answer for."),
    flag("score", path.appending(path: \.score), "Print how good the answers are instead of them."),
    flag("json", path.appending(path: \.isJSON), "Print the answers as JSON."),
  ]
}
