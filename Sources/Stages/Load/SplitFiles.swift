internal import Artifacts
internal import Dataset
internal import Diagnostics

/// Files that are called as splits are, such as `train.csv` and `test.csv`.
struct SplitFiles {
  /// The split of each row.
  let splits: [SplitName]
  private let names: [String]

  /// Fails where not all of several files are called so.
  init?(_ facts: RowFacts, _ source: any RowSource) {
    // Of pictures folders are the splits.
    guard facts.splits.isEmpty, source.newNames.contains("row") else { return nil }
    var byFile: [Int64: SplitName] = [:]
    var names: [String] = []
    for file in facts.files.different {
      let name = source.fileName(Int(file))
      guard let split = SplitName(fileNamed: name) else { return nil }
      byFile[file] = split
      names.append(name.lastName)
    }
    guard byFile.values.contains(.train), Set(byFile.values).count > 1 else { return nil }
    self.names = names
    splits = facts.files.map { byFile[$0] ?? .train }
  }

  private var listed: String {
    names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
  }

  var words: String { "the splits are the files \(listed)" }

  var warning: Diagnostic {
    Diagnostic(
      "the files \(listed) are called as splits are, and their rows are dealt out anew",
      severity: .warning, remedy: "remove 'split' to take each file for the split of its name")
  }
}

extension SplitName {
  /// The split that a file is named after: `train.csv`, `data/test-2.csv.gz`.
  init?(fileNamed name: String) {
    let stem = name.lastName.prefix { $0 != "." && $0 != "-" && $0 != "_" }
    guard let split = SplitName(byCustom: String(stem)) else { return nil }
    self = split
  }
}
