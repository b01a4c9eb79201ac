internal import Diagnostics

/// Tables of JSON objects, one on each line.
package enum ObjectFiles: TypedFiles {
  package static let key = "jsonl"
  package static let summary =
    "Files with a JSON object on each line, plain, gzip or zstd; members of members are columns `a.b`, "
    + "elements of lists `a_0`; a target's "
    + "lists are labels."
  package static let noun = "a file of JSON lines"
  static let endings = [
    ".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".ndjson.gz", ".ndjson.zst",
  ]

  package static func recognizes(_ start: FileStart) -> Bool {
    if start.ends(".jsonl", ".ndjson") { return true }
    let text = String(decoding: start.bytes, as: UTF8.self).filter { !$0.isWhitespace }
    return ["{\"", "{}"].contains(where: text.hasPrefix)
  }

  /// Names are looked for in so much of a file before it is run.
  private static let quickBytes = 8 << 20

  static func contents(
    _ files: [SourceFile], _ format: TableFormat, labels: String?, isQuick: Bool
  ) throws(Diagnostic) -> any TableContents {
    try ObjectContents(
      files: files, format: format, atMost: isQuick ? quickBytes : .max, labels: labels)
  }

  static func isComplete(_ contents: any TableContents) -> Bool {
    (contents as? ObjectContents)?.isComplete ?? true
  }

  static func check(_ contents: any TableContents, _ used: [Int]) throws(Diagnostic) {}
}
