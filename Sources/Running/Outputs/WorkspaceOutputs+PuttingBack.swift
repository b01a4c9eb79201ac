internal import Artifacts
internal import Diagnostics
internal import Pipeline

extension WorkspaceOutputs {
  /// What was put back for a stage whose result was taken up.
  struct PutBack: Sendable {
    let address: String
    let paths: [String]
    /// Tells of files that were set aside for it.
    let warning: Diagnostic?
  }

  /// Puts back what differs; the caller holds the locks on the stage's outputs.
  ///
  /// - Parameter label: names the folder of what is set aside: the run.
  /// - Throws: also where an object that is needed is damaged, which is removed then.
  func putBack(
    _ standing: OutputDifferences, for label: String
  ) throws(Diagnostic) -> PutBack {
    var aside = DisplacedFiles(label, in: store)
    try put(standing, &aside)
    try marks.remove()
    return PutBack(
      address: instance.address, paths: standing.changing, warning: aside.warning(about: instance))
  }

  /// Has everything as the artifact has it; what no artifact holds is set aside.
  private func put(
    _ standing: OutputDifferences, _ aside: inout DisplacedFiles
  ) throws(Diagnostic) {
    let files = standing.outdated.compactMap { item -> TreeManifest.Entry? in
      guard case .file(let digest, let size, let permissions) = item.content else { return nil }
      return TreeManifest.Entry(
        path: item.path, size: size, digest: digest, permissions: permissions)
    }
    try store.removeDamagedObjects(of: TreeManifest(files))
    try openFolders()
    for path in standing.foreign { try aside.take(path, in: instance.directory) }
    for (path, run) in standing.unfinished.sorted(by: { $0.key < $1.key }) {
      try aside.take(path, in: instance.directory, leftBy: run)
    }
    let outputs = StandingOutputs(of: standing.surplus, self)
    for item in standing.surplus { try make(way: item, outputs, &aside) }
    for item in standing.surplus { try removeEmptied(item.path.parentPath, standing) }
    for item in standing.outdated { try put(item) }
    for branch in standing.branches.reversed() where branch.permissions != .program {
      try Folder.set(branch.permissions, of: branch.path.path(in: instance.directory))
    }
  }

  /// Removes a folder and those above it in which nothing is left, but for those of the artifact.
  private func removeEmptied(
    _ folder: String, _ standing: OutputDifferences
  ) throws(Diagnostic) {
    guard isWritten(folder), !standing.branches.contains(where: { $0.path == folder }),
      try Folder.removeIfEmpty(folder.path(in: instance.directory))
    else { return }
    try removeEmptied(folder.parentPath, standing)
  }

  private func put(_ item: OutputItem) throws(Diagnostic) {
    let path = item.path.path(in: instance.directory)
    try Folder.create(path.parentPath)
    switch item.content {
    case .file(let digest, _, let permissions):
      // What was in such a folder is gone by now.
      if try FileStatus(of: path)?.kind == .folder { try Folder.remove(path) }
      try Folder.replaceFile(
        path, withCopyOf: store.layout.object(digest), permissions: permissions)
    case .link(let target):
      try Folder.remove(path)
      try Folder.link(path, to: target)
    case .folder: try Folder.create(path)
    case .other: break
    }
  }

  /// Removes what can be had again from the store, and sets aside what cannot.
  func make(
    way item: OutputItem, _ outputs: StandingOutputs, _ aside: inout DisplacedFiles
  ) throws(Diagnostic) {
    if case .folder = item.content { return }
    let isKnown = try outputs.isKnown(item) { digest, size throws(Diagnostic) in
      try store.holds(digest, size: size)
    }
    if isKnown {
      try Folder.remove(item.path.path(in: instance.directory))
    } else {
      try aside.take(
        item.path, in: instance.directory, leftBy: try marks.run(behind: item.path))
    }
  }

  /// Has files in folders changed that their permissions protect.
  func openFolders() throws(Diagnostic) {
    for entry in try found()
    where entry.status.kind == .folder && !Permissions(bits: entry.status.mode).allowChanges {
      try Folder.set(.program, of: entry.path.path(in: instance.directory))
    }
  }
}
