internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// What a stage writes beside its artifact, into the user's folder.
///
/// An attempt begins with nothing there, and a result that is taken up has its files there again, so
/// that who reads them there always reads what belongs to the result. What some artifact holds can be
/// had again and is removed; anything else is set aside, because nobody else has it.
struct WorkspaceOutputs {
  private let instance: StageInstance
  private let store: Store
  private let digests: FileDigests

  init(of instance: StageInstance, store: Store, digests: FileDigests) {
    self.instance = instance
    self.store = store
    self.digests = digests
  }

  /// Looks at what stands where the stage writes.
  func standing(against artifact: TreeManifest) throws(Diagnostic) -> OutputDifferences {
    var standing = OutputDifferences()
    guard !instance.settings.written.isEmpty else { return standing }
    var missing = Dictionary(
      artifact.entries.filter { isWritten($0.path) }.map { ($0.path, $0) }
    ) { first, _ in first }
    for (entry, digest) in try identified() {
      let wanted = missing[entry.path]
      if let wanted, wanted.digest == digest, wanted.isExecutable == entry.status.isExecutable {
        missing[entry.path] = nil
      } else if let digest, store.contains(digest, size: entry.status.size) {
        standing.surplus.append(TreeManifest.Entry(entry, digest))
      } else {
        standing.foreign.append(entry.path)
      }
    }
    standing.outdated = missing.values.sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    return standing
  }

  /// Has everything as the artifact has it; what no artifact holds is set aside.
  ///
  /// - Throws: also where an object that is needed is damaged, which is removed then.
  private func put(_ standing: OutputDifferences, _ aside: inout DisplacedFiles) throws(Diagnostic)
  {
    try store.removeDamagedObjects(of: TreeManifest(standing.outdated))
    for path in standing.foreign { try aside.take(path, in: instance.directory) }
    for entry in standing.surplus { try make(way: entry.path, entry.digest, entry.size, &aside) }
    for entry in standing.outdated {
      let path = entry.path.path(in: instance.directory)
      try Folder.create(path.parentPath)
      // What was in such a folder is gone by now.
      if try FileStatus(of: path)?.kind == .folder { try Folder.remove(path) }
      try Folder.replaceFile(
        path, withCopyOf: store.layout.object(entry.digest), isExecutable: entry.isExecutable)
    }
  }

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
  func putBack(
    _ standing: OutputDifferences, for label: String
  ) throws(Diagnostic) -> PutBack {
    var aside = DisplacedFiles(label, in: store)
    try put(standing, &aside)
    return PutBack(
      address: instance.address, paths: standing.changing, warning: aside.warning(about: instance))
  }

  /// Makes room for an attempt: removes what some artifact holds, and sets the rest aside.
  func clear(_ aside: inout DisplacedFiles) throws(Diagnostic) {
    for (entry, digest) in try identified() {
      try make(way: entry.path, digest, entry.status.size, &aside)
    }
  }

  /// Removes a file that can be had again from the store, and sets aside what cannot.
  private func make(
    way path: String, _ digest: Digest?, _ size: Int, _ aside: inout DisplacedFiles
  ) throws(Diagnostic) {
    if let digest, try store.holds(digest, size: size) {
      try Folder.remove(path.path(in: instance.directory))
    } else {
      try aside.take(path, in: instance.directory)
    }
  }

  /// Sets everything aside.
  func move(to aside: inout DisplacedFiles) throws(Diagnostic) {
    for entry in try found() { try aside.take(entry.path, in: instance.directory) }
  }

  /// Removes what an attempt left that began with nothing there.
  func remove() throws(Diagnostic) {
    for entry in try found() { try Folder.remove(entry.path.path(in: instance.directory)) }
  }

  /// Whether a file of the artifact stands in the user's folder too.
  private func isWritten(_ path: String) -> Bool {
    instance.settings.written.contains { path.isPath(atOrBelow: $0.normalized) }
  }

  /// What stands at the paths that the stage writes, files with their digests.
  private func identified() throws(Diagnostic) -> [(FileTree.Entry, Digest?)] {
    let found = try found()
    let files = found.filter { $0.status.kind == .file }
    let known = try digests.digests(of: files, in: instance.directory)
    let byPath = Dictionary(zip(files.map(\.path), known)) { first, _ in first }
    return found.map { ($0, byPath[$0.path]) }
  }

  /// Everything but folders that stands at the paths that the stage writes.
  private func found() throws(Diagnostic) -> [FileTree.Entry] {
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
      if status.kind == .folder {
        found += try FileTree.entries(below: full, prefix: path + "/")
          .filter { !$0.path.isKeptByGit }
      } else {
        found.append(FileTree.Entry(path: path, status: status))
      }
    }
    return found
  }
}
