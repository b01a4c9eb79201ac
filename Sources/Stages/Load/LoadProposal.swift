internal import Dataset
internal import Diagnostics
internal import Options
package import YAML

/// What a first load stage says of files that nobody has described.
package struct LoadProposal {
  /// For a pipeline's author: `settings` as pairs of key and value, `rows`, `classes`, `split` and `side`
  /// as of `SourceProposal`.
  package let value: Value

  /// What was decided, and why, in words.
  package let remarks: [String]

  /// - Parameters:
  ///   - key: the key of the source, `csv` or `images`.
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
    let found =
      key == ImageFolders.key
      ? try ImageProposal([files], in: search).result
      : try TableProposal([files], target: target, in: search).result
    value = [
      "settings": .array(found.settings.map { [.string($0.key), $0.value] }),
      "rows": .int(found.rows), "classes": .bool(found.hasClasses), "split": .bool(found.isSplit),
      "side": found.side.map(Value.int) ?? .null,
    ]
    remarks = found.remarks
    var settings: [String: Value] = [key: .string(pattern)]
    for setting in found.settings { settings[setting.key] = setting.value }
    // What is proposed has to load.
    let problems = try LoadInspection(.object(settings), in: directory).problems
    try Diagnostics(problems.filter { $0.severity == .error }).throwIfErrors()
  }
}
