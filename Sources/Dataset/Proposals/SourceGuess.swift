internal import Artifacts
package import Diagnostics
package import Options

/// Tells by their names and first bytes which kind of files somebody means.
package struct SourceGuess {
  package let source: any Source.Type

  /// The files, which may be those of one kind in a folder.
  package let patterns: [PathPattern]

  /// - Throws: where there is no such file, or none of a kind that is known.
  package init(_ pattern: PathPattern, in search: FileSearch) throws(Diagnostic) {
    let files = try search.files([pattern])
    guard files.count == 1, let folder = files.first,
      let inner = try folder.filesBelow(where: { _ in true })
    else {
      self.source = try Self.source(of: files)
      patterns = [pattern]
      return
    }
    guard let source = try Self.source(ofFolder: folder, inner) else {
      throw Diagnostic(
        "there is nothing below '\(folder.name)' that is read",
        remedy: "tables, images, sounds, texts and arrays are, by the endings of their names")
    }
    self.source = source
    guard source == CSVFiles.self else {
      patterns = [pattern]
      return
    }
    // A folder is no table; those in it are named.
    let tables = inner.filter { Self.source(named: $0.name) == source }
    patterns = tables.compactMap { PathPattern($0.name) }
  }

  private static func source(of files: [SourceFile]) throws(Diagnostic) -> any Source.Type {
    guard let first = files.first else { throw Diagnostic("there is no file to read") }
    try first.requirePlainFile()
    let isText = FileListing.isOf(.texts, path: first.name.lastName) && files.count == 1
    let named = isText ? nil : source(named: first.name)
    if let source = named ?? SourceCatalog.sources(of: first).first { return source }
    guard !isText else {
      throw Diagnostic(
        "'\(first.name)' may be a table or a text",
        remedy: "name it with --csv, or give the folder in which texts have a folder for each class"
      )
    }
    let kind = FileSignature.name(of: FileStart(first).bytes)
    throw Diagnostic(
      "'\(first.name)' is \(kind ?? "no file that is known by its name or its first bytes")",
      remedy: "a table of text is named with --csv whatever its name")
  }

  /// The kind of which most files of a folder are. A table goes before the files that it may name.
  private static func source(
    ofFolder folder: SourceFile, _ files: [SourceFile]
  ) throws(Diagnostic) -> (any Source.Type)? {
    var counts: [String: Int] = [:]
    var atTop: Set<String> = []
    for file in files {
      guard let source = source(named: file.name) else { continue }
      counts[source.key, default: 0] += 1
      if file.name.parentPath.plainPath == folder.name.plainPath { atTop.insert(source.key) }
    }
    let tables: [any Source.Type] = [
      CSVFiles.self, ParquetFiles.self, ArrowFiles.self, ObjectFiles.self,
    ]
    if let table = tables.first(where: { atTop.contains($0.key) }) { return table }
    return SourceCatalog.all.filter { counts[$0.key] != nil }
      .max { (counts[$0.key] ?? 0, $1.key) < (counts[$1.key] ?? 0, $0.key) }
  }

  /// The kind of a file by its name alone; nil where it does not tell.
  private static func source(named path: String) -> (any Source.Type)? {
    let start = FileStart(named: path)
    if FileListing.isOf(.images, path: path.lastName) { return ImageFolders.self }
    if FileListing.isOf(.sounds, path: path.lastName) { return AudioFolders.self }
    let own = SourceCatalog.all.first { source in
      if let arrays = source as? any ArrayFiles.Type { return arrays.isOwn(path.lastName) }
      return source.recognizes(start)
    }
    return own ?? (FileListing.isOf(.texts, path: path.lastName) ? TextFolders.self : nil)
  }
}
