internal import Artifacts
internal import Diagnostics

extension SourceFile {
  /// The files below a folder whose paths in it fit, but those that are hidden or lie in hidden folders;
  /// nil where it is no folder.
  func filesBelow(where fits: (String) -> Bool) throws(Diagnostic) -> [SourceFile]? {
    guard try FileStatus(of: path, following: true)?.kind == .folder else { return nil }
    return try FileTree.entries(below: path).map(\.path)
      .filter { inner in
        !inner.split(separator: "/").contains { $0.hasPrefix(".") } && fits(inner)
      }
      .map { SourceFile(path: $0.path(in: path), name: $0.path(in: name)) }
  }
}
