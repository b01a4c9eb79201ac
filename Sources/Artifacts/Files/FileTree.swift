package import Diagnostics

/// The files below a folder, found without following symbolic links.
package enum FileTree {
  /// A file by its path relative to the folder, or anything else that is neither file nor folder.
  package struct Entry: Sendable {
    package var path: String
    package var status: FileStatus
  }

  /// Everything below `folder` but the folders themselves, in byte order of the paths.
  package static func entries(below folder: String) throws(Diagnostic) -> [Entry] {
    var entries: [Entry] = []
    try collect(folder, prefix: "", into: &entries)
    return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func collect(
    _ folder: String, prefix: String, into entries: inout [Entry]
  ) throws(Diagnostic) {
    for name in try Folder.names(in: folder) {
      let path = folder + "/" + name
      guard let status = try FileStatus(of: path) else { continue }
      if status.kind == .folder {
        try collect(path, prefix: prefix + name + "/", into: &entries)
      } else {
        entries.append(Entry(path: prefix + name, status: status))
      }
    }
  }
}
