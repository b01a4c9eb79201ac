package import Diagnostics

/// Every source that rows can be loaded from.
package enum SourceCatalog {
  package static let all: [any Source.Type] = [
    CSVFiles.self,
    ParquetFiles.self,
    ArrowFiles.self,
    ObjectFiles.self,
    ImageFolders.self,
    AudioFolders.self,
    TextFolders.self,
    NumpyFiles.self,
    NumpyArchives.self,
    IDXFiles.self,
    SafeTensorsFiles.self,
  ]

  /// The sources whose kind of file this is, by its name or its first bytes.
  package static func sources(of file: SourceFile) -> [any Source.Type] {
    let start = FileStart(file)
    return all.filter { $0.recognizes(start) }
  }

  /// That a file is named under the key of another kind of files; nil where it may be of this kind.
  package static func misplaced(_ file: SourceFile, under key: String) -> Diagnostic? {
    let kinds = sources(of: file)
    guard let other = kinds.first, !kinds.contains(where: { $0.key == key }) else { return nil }
    return Diagnostic(
      "'\(file.name)' is \(other.noun), and not for '\(key)'",
      remedy: "write '\(other.key): \(file.name)'")
  }
}
