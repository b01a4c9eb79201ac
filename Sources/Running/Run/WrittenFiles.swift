internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What a stage writes beside its artifact, held against the artifact of a result that is taken up.
///
/// Another version of the stage may have written there since, or somebody may have removed a file. What
/// is missing, or holds what some artifact in the store has too, is put back; nothing that only stands
/// in the user's folder is lost.
struct WrittenFiles {
  private let instance: StageInstance
  private let store: Store
  private let digests: FileDigests

  init(of instance: StageInstance, store: Store, digests: FileDigests) {
    self.instance = instance
    self.store = store
    self.digests = digests
  }

  /// Looks at what stands where the stage writes.
  func standing(against artifact: TreeManifest) throws(Diagnostic) -> WrittenStanding {
    var standing = WrittenStanding()
    guard !instance.settings.written.isEmpty else { return standing }
    let found = try found()
    var missing = Dictionary(
      artifact.entries.filter { isWritten($0.path) }.map { ($0.path, $0) }
    ) { first, _ in first }
    for (entry, digest) in zip(found, try digests.digests(of: found, in: instance.directory)) {
      let wanted = missing.removeValue(forKey: entry.path)
      if let wanted, wanted.digest == digest, wanted.isExecutable == entry.status.isExecutable {
        continue
      }
      if !store.contains(digest, size: entry.status.size) {
        standing.foreign.append(entry.path)
      } else if let wanted {
        standing.outdated.append(wanted)
      } else {
        standing.surplus.append(entry.path)
      }
    }
    standing.outdated += missing.values
    standing.outdated.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    return standing
  }

  /// Whether a file of the artifact stands in the user's folder too.
  private func isWritten(_ path: String) -> Bool {
    instance.settings.written.contains { written in
      let own = written.normalized
      return path == own || path.hasPrefix(own + "/")
    }
  }

  /// The files at the paths that the stage writes.
  private func found() throws(Diagnostic) -> [FileTree.Entry] {
    var found: [FileTree.Entry] = []
    for written in instance.settings.written {
      let path = written.normalized
      let full = path.path(in: instance.directory)
      guard let status = try FileStatus(of: full) else { continue }
      if status.kind == .folder {
        found += try FileTree.entries(below: full, prefix: path + "/")
      } else {
        found.append(FileTree.Entry(path: path, status: status))
      }
    }
    return found.filter { $0.status.kind == .file }
  }

  /// Puts everything back that can be.
  func put(_ standing: WrittenStanding) throws(Diagnostic) {
    for path in standing.surplus { try Folder.remove(path.path(in: instance.directory)) }
    for entry in standing.outdated {
      let path = entry.path.path(in: instance.directory)
      try Folder.create(path.parentPath)
      try Folder.replaceFile(
        path, withCopyOf: store.objectPath(entry.digest), isExecutable: entry.isExecutable)
    }
  }
}
