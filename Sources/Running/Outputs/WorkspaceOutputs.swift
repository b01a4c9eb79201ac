internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What a stage writes beside its artifact, into the user's folder.
///
/// An attempt begins with nothing there, and a result that is taken up has its files there again, so
/// that who reads them there always reads what belongs to the result. What some artifact holds can be
/// had again and is removed; anything else is set aside, because nobody else has it.
struct WorkspaceOutputs {
  let instance: StageInstance
  let store: Store
  let digests: FileDigests

  init(of instance: StageInstance, store: Store, digests: FileDigests) {
    self.instance = instance
    self.store = store
    self.digests = digests
  }

  var marks: AttemptMarks { AttemptMarks(of: instance, in: store) }

  /// Looks at what stands where the stage writes. Empty folders that the artifact does not have make no
  /// difference.
  func standing(against artifact: TreeManifest) throws(Diagnostic) -> OutputDifferences {
    var standing = OutputDifferences()
    guard !instance.settings.written.isEmpty else { return standing }
    let freed = freed(of: artifact)
    var missing = artifact.items.filter { isWritten($0.key) && !freed.contains($0.key) }
    let outputs = StandingOutputs(of: try identified(), self)
    for item in outputs.items where !freed.contains(item.path) {
      if let wanted = missing[item.path], item.isSame(as: wanted) {
        missing[item.path] = nil
        continue
      }
      switch item.content {
      case .folder: continue
      case .file, .link, .other:
        if try outputs.isKnown(
          item, contains: { digest, size in store.contains(digest, size: size) })
        {
          standing.surplus.append(item)
        } else if let run = try marks.run(behind: item.path) {
          standing.unfinished[item.path] = run
        } else {
          standing.foreign.append(item.path)
        }
      }
    }
    standing.outdated = missing.values.sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    standing.branches = artifact.folders
    return standing
  }

  /// The temporary files of the artifact that are gone, which are not missed.
  private func freed(of artifact: TreeManifest) -> Set<String> {
    guard instance.hasTemporaryOutputs else { return [] }
    return Set(
      artifact.entries.filter { entry in
        instance.isTemporary(entry.path) && !store.contains(entry.digest, size: entry.size)
      }.map(\.path))
  }

  /// Whether a file of the artifact stands in the user's folder too.
  func isWritten(_ path: String) -> Bool {
    instance.settings.written.contains { path.isPath(atOrBelow: $0.normalized) }
  }

  /// What stands at the paths that the stage writes.
  func identified() throws(Diagnostic) -> [OutputItem] {
    let found = try found()
    let files = found.filter { $0.status.kind == .file }
    let known = try digests.digests(of: files, in: instance.directory)
    let byPath = Dictionary(zip(files.map(\.path), known)) { first, _ in first }
    var items: [OutputItem] = []
    for entry in found {
      items.append(OutputItem(entry.path, try content(of: entry, byPath[entry.path])))
    }
    return items
  }

  private func content(
    of entry: FileTree.Entry, _ digest: Digest?
  ) throws(Diagnostic) -> OutputItem.Content {
    switch entry.status.kind {
    case .file:
      digest.map { .file($0, size: entry.status.size, Permissions(of: entry.status)) } ?? .other
    case .folder: .folder(Permissions(of: entry.status))
    case .symbolicLink:
      .link(to: try Folder.target(ofLink: entry.path.path(in: instance.directory)))
    case .other: .other
    }
  }

  /// Everything that stands at the paths that the stage writes, but for what a repository keeps there.
  func found() throws(Diagnostic) -> [FileTree.Entry] {
    var found: [FileTree.Entry] = []
    for written in instance.settings.written {
      let path = written.normalized
      if let link = path.linkLeading(outOf: instance.directory) {
        throw Diagnostic(
          "'\(path)', which stage '\(instance.address)' writes, is outside of the pipeline's folder",
          at: written.range, remedy: "name a path that does not go through the link '\(link)'")
      }
      let full = path.path(in: instance.directory)
      guard let status = try FileStatus(of: full) else { continue }
      found.append(FileTree.Entry(path: path, status: status))
      guard status.kind == .folder else { continue }
      found += try FileTree.everything(below: full, prefix: path + "/")
        .filter { !$0.path.isKeptByGit }
    }
    return found
  }
}
