package import Diagnostics
internal import Glibc

extension Store {
  /// Lays the tree's files out under their real names, as hard links to the objects, and returns the
  /// folder. A folder that is there already is used again. Programs are copies, because a link has the
  /// object's permissions, and another tree may hold the same content as plain data. Symbolic links and
  /// empty folders are made as the tree has them.
  ///
  /// The files are read-only, because writing to one would change the object behind it. Each is read
  /// against its digest, once for each process and change of the file, so that no stage computes with
  /// something else than what its key says. A damaged object is removed, so that the next run makes it
  /// anew.
  ///
  /// - Throws: also when an object is lost or damaged.
  package func checkOut(_ tree: Digest) throws(Diagnostic) -> String {
    let target = layout.artifact(tree)
    let manifest = try manifest(of: tree)
    if try FileStatus(of: target) != nil {
      let files = manifest.entries.map { (path: target + "/" + $0.path, digest: $0.digest) }
      if try isComplete(target, manifest), try damaged(among: files).isEmpty { return target }
      try Folder.remove(target)
    }
    try removeDamagedObjects(of: manifest)
    let folder = try temporaryDirectory()
    for entry in manifest.entries {
      let path = folder + "/" + entry.path
      if entry.path.utf8.contains(UInt8(ascii: "/")) { try Folder.create(path.parentPath) }
      try link(entry, to: path)
    }
    try manifest.complete(folder)
    if unsafe rename(folder, target) != 0 {
      // Another process laid the same tree out in the meantime.
      guard errno == EEXIST || errno == ENOTEMPTY else {
        throw .system("cannot check out '\(target)'")
      }
      try Folder.remove(folder)
    }
    return target
  }

  /// Removes the folder in which a tree was laid out.
  package func removeCheckOut(of tree: Digest) throws(Diagnostic) {
    try Folder.remove(layout.artifact(tree))
  }

  private func link(_ entry: TreeManifest.Entry, to path: String) throws(Diagnostic) {
    let object = layout.object(entry.digest)
    if entry.isExecutable { return try copy(object, to: path, permissions: 0o555) }
    if unsafe Glibc.link(object, path) == 0 { return }
    switch errno {
    case ENOENT: throw lost(entry.digest)
    case EMLINK, EPERM, EXDEV, EOPNOTSUPP:
      // The file system refuses (more) hard links; a copy serves as well and costs space.
      try copy(object, to: path, permissions: 0o444)
    default: throw .system("cannot check out '\(path)'")
    }
  }

  private func copy(
    _ object: String, to path: String, permissions: mode_t
  ) throws(Diagnostic) {
    try Folder.copyFile(object, to: path)
    if unsafe chmod(path, permissions) != 0 { throw .system("cannot make '\(path)' read-only") }
  }

  /// Whether a checked-out folder has just what it should: files by name, size and permission to run,
  /// links by what they say.
  private func isComplete(_ folder: String, _ manifest: TreeManifest) throws(Diagnostic) -> Bool {
    let found = try FileTree.entries(below: folder)
    let files = found.filter { $0.status.kind != .symbolicLink }
    guard files.map(\.path) == manifest.entries.map(\.path),
      files.map(\.status.size) == manifest.entries.map(\.size),
      files.map(\.status.isExecutable) == manifest.entries.map(\.isExecutable),
      found.count - files.count == manifest.links.count
    else { return false }
    for link in manifest.links {
      let path = folder + "/" + link.path
      guard try FileStatus(of: path)?.kind == .symbolicLink,
        try Folder.target(ofLink: path) == link.target
      else { return false }
    }
    for branch in manifest.folders
    where try FileStatus(of: folder + "/" + branch.path)?.kind != .folder {
      return false
    }
    return true
  }
}
