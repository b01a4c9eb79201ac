internal import Artifacts
internal import Diagnostics

extension FileListing {
  /// Files that a model is to answer for, and those of folders; a folder that is named as a class tells the
  /// class of those in it.
  static func newFiles(
    _ files: [SourceFile], of medium: Medium, _ classes: [String]
  ) throws(Diagnostic) -> [ListedFile] {
    var items: [ListedFile] = []
    for file in files { items += try newFiles(file, of: medium, classes) }
    return items
  }

  private static func newFiles(
    _ file: SourceFile, of medium: Medium, _ classes: [String]
  ) throws(Diagnostic) -> [ListedFile] {
    func item(_ file: SourceFile) -> ListedFile {
      let folders = file.name.split(separator: "/").dropLast().map(String.init)
      return ListedFile(file, label: folders.last { classes.contains($0) })
    }
    guard try FileStatus(of: file.path, following: true)?.kind == .folder else {
      return [item(file)]
    }
    let items = try FileTree.entries(below: file.path).compactMap { entry -> ListedFile? in
      guard isOf(medium, path: entry.path) else { return nil }
      let name = file.name.hasSuffix("/") ? file.name + entry.path : "\(file.name)/\(entry.path)"
      return item(SourceFile(path: file.path + "/" + entry.path, name: name))
    }
    guard !items.isEmpty else { throw nothing(of: medium, below: file.name) }
    return items
  }
}
