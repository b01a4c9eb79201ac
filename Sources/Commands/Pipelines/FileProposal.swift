internal import Diagnostics
internal import FoundationEssentials
internal import Processes
internal import YAML

/// What a first pipeline may say of files, found by a process of its own that reads them.
struct FileProposal {
  private let found: Value

  /// The lines of the loading stage, beside its files and split, as keys and values.
  var settings: [(key: String, value: Value)] {
    (found["settings"]?.array ?? []).compactMap { pair in
      guard let key = pair[0]?.string, let value = pair[1] else { return nil }
      return (key, value)
    }
  }

  /// The key of the source, and its files.
  var source: String { found["source"]?.string ?? "csv" }
  var files: [String] { (found["files"]?.array ?? []).compactMap(\.string) }

  var rows: Int { found["rows"]?.int ?? 0 }
  var hasClasses: Bool { found["classes"]?.bool ?? false }
  var hasValidation: Bool { found["validation"]?.bool ?? true }
  var isSplit: Bool { found["split"]?.bool ?? false }

  /// The column that names the split of each row.
  var splitColumn: String? { found["split-column"]?.string }

  /// The kinds of the features, by their names in datasets.
  var kinds: Set<String> { Set((found["kinds"]?.array ?? []).compactMap(\.string)) }

  /// The side of the pictures in pixels, where they are all that there is.
  var side: Int? { found["side"]?.int }

  /// What was decided, and why, in words that say what the pipeline does.
  var remarks: [String] { (found["remarks"]?.array ?? []).compactMap(\.string) }

  /// What was found, in sentences.
  var notes: [String] { (found["notes"]?.array ?? []).compactMap(\.string) }

  /// - Returns: what was found, or what kept it from being found as that was told.
  static func ask(
    _ key: String, _ files: String, target: String?
  ) throws(Diagnostic) -> (proposal: FileProposal?, errors: String) {
    let target = target.map { ["--target=" + $0] } ?? []
    let here = FileManager.default.currentDirectoryPath
    let finished = try OwnProcess.run([ProposeCommand.name] + target + ["--", key, files, here])
    if case .signalled = finished.ending {
      throw Diagnostic(
        "reading '\(files)' was ended by \(finished.ending)", remedy: "run 'anneal doctor'")
    }
    var errors = finished.errors[...]
    while errors.last == UInt8(ascii: "\n") { errors.removeLast() }
    let found = try? Value(parsingJSON: finished.output, file: "proposal")
    let isRight = finished.ending == .exited(0)
    return (
      isRight ? found.map { FileProposal(found: $0) } : nil, String(decoding: errors, as: UTF8.self)
    )
  }
}
