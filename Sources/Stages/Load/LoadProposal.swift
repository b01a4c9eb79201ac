internal import Dataset
internal import Diagnostics
internal import Network
internal import Options
package import YAML

/// What a first load stage says of files that nobody has described.
package struct LoadProposal {
  /// For a pipeline's author: the `source` and its `files`, `settings` as pairs of key and value, `rows`,
  /// `classes`, `split`, `kinds` and `side` as of `SourceProposal`.
  package let value: Value

  /// What was decided, and why, in words.
  package let remarks: [String]

  /// - Parameters:
  ///   - key: the key of the source; empty where the files are to tell it.
  ///   - pattern: its files, relative to `directory`.
  ///   - target: the column to predict, for tables.
  /// - Throws: where the files cannot be read, or do not show what a model could learn.
  package init(
    _ key: String, _ pattern: String, target: String?, in directory: String
  ) throws {
    guard let files = PathPattern(pattern) else {
      throw Diagnostic("'\(pattern)' is no path", remedy: "name a file or a folder")
    }
    let search = FileSearch(directory)
    let (source, patterns) = try Self.source(key, files, search)
    let found = try SourceProposal(source, patterns, target: target, in: search)
    let named = Value.array(patterns.map { .string($0.text) })
    value = [
      "source": .string(source.key), "files": named,
      "kinds": .array(found.kinds.map(\.rawValue).sorted().map(Value.string)),
      "settings": .array(found.settings.map { [.string($0.key), $0.value] }),
      "rows": .int(found.rows), "classes": .bool(found.hasClasses), "split": .bool(found.isSplit),
      "validation": .bool(found.hasValidation),
      "notes": .array(found.notes.map(Value.string)),
      "split-column": found.splitColumn.map(Value.string) ?? .null,
      "side": found.side.map(Value.int) ?? .null,
    ]
    remarks = found.remarks
    var settings: [String: Value] = [source.key: named]
    for setting in found.settings { settings[setting.key] = setting.value }
    // What is proposed has to load.
    let problems = try LoadInspection(.object(settings), in: directory).problems
    try Diagnostics(problems.filter { $0.severity == .error }).throwIfErrors()
  }

  private static func source(
    _ key: String, _ files: PathPattern, _ search: FileSearch
  ) throws(Diagnostic) -> (any Source.Type, [PathPattern]) {
    if let source = SourceCatalog.all.first(where: { $0.key == key }) { return (source, [files]) }
    let guess = try SourceGuess(files, in: search)
    return (guess.source, guess.patterns)
  }
}
