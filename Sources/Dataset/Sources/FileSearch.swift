internal import Artifacts
package import Diagnostics
package import Options

/// Finds the files that patterns of a pipeline name.
package struct FileSearch {
  /// The directory of the pipeline file, to which patterns are relative.
  private let directory: String

  package init(_ directory: String) {
    self.directory = directory
  }

  /// The files that the patterns name, each once, those of a pattern in byte order.
  package func files(_ patterns: [PathPattern]) throws(Diagnostic) -> [SourceFile] {
    var found: [SourceFile] = []
    var known: Set<String> = []
    for pattern in patterns {
      let names = try names(pattern)
      if names.isEmpty { throw missing(pattern) }
      for name in names where known.insert(name).inserted {
        found.append(SourceFile(path: name.path(in: directory), name: name))
      }
    }
    return found
  }

  /// The file or folder of a name, whether it is there or not.
  package func file(_ name: String) -> SourceFile {
    SourceFile(path: name.path(in: directory), name: name)
  }

  /// Whether there is anything that a pattern names.
  package func finds(_ pattern: PathPattern) throws(Diagnostic) -> Bool {
    try !names(pattern).isEmpty
  }

  /// What a pattern names, relative to the directory as the pattern is; no more than what the key of a stage
  /// holds the content of.
  private func names(_ pattern: PathPattern) throws(Diagnostic) -> [String] {
    var text = pattern.text
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    // What is there under that very name is meant, whatever the name is made of.
    if try FileStatus(of: text.path(in: directory), following: true) != nil { return [text] }
    guard !pattern.isLiteral else { return [] }
    var names: Set<String> = []
    for alternative in pattern.alternatives {
      let found = try FilePattern(alternative).matches(in: directory).map(\.path)
      names.formUnion(found.filter(pattern.matches))
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func missing(_ pattern: PathPattern) -> Diagnostic {
    .missing(pattern.text, isLiteral: pattern.isLiteral, in: directory)
  }
}
