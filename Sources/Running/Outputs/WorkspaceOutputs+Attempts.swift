internal import Artifacts
internal import Diagnostics
internal import Pipeline

extension WorkspaceOutputs {
  /// Makes room for an attempt, and the folders that its outputs are in: removes what some artifact holds,
  /// and sets the rest aside.
  func clear(_ aside: inout DisplacedFiles) throws(Diagnostic) {
    try openFolders()
    let outputs = StandingOutputs(of: try identified(), self)
    for item in outputs.items where !instance.keeps(item.path) {
      try make(way: item, outputs, &aside)
    }
    try removeFolders()
    try makeParents()
    try marks.remove()
  }

  /// The outputs at which something stands that an attempt is to go on from.
  func kept() throws(Diagnostic) -> [String] {
    var kept: [String] = []
    for written in instance.settings.written where written.isKept {
      let path = written.normalized
      if try FileStatus(of: path.path(in: instance.directory)) != nil { kept.append(path) }
    }
    return kept
  }

  /// Notes that an attempt of a run writes there, for a process that comes after one that was killed.
  func mark(by run: String) throws(Diagnostic) { try marks.set(by: run) }

  /// Forgets the note, because what stands there belongs to a result, or is as it was.
  func unmark() throws(Diagnostic) { try marks.remove() }

  /// Forgets it where nothing is left of a failed attempt.
  func unmarkFailed() throws(Diagnostic) { try marks.remove { !instance.keeps($0) } }

  /// Sets everything aside, and makes the folders that outputs are in.
  func move(to aside: inout DisplacedFiles) throws(Diagnostic) {
    for written in instance.settings.written { try move(written.normalized, to: &aside) }
    try makeParents()
  }

  /// Sets aside what an attempt made that cannot be taken as a result.
  ///
  /// - Returns: where it is.
  func setAside(by run: String) throws(Diagnostic) -> Note? {
    var aside = DisplacedFiles(run, in: store)
    for written in instance.settings.written where !written.isKept {
      try move(written.normalized, to: &aside, leftBy: run)
    }
    return aside.note(about: instance)
  }

  /// Moves a file, or a folder whole where there is nothing in it that a repository keeps.
  private func move(
    _ path: String, to aside: inout DisplacedFiles, leftBy author: String? = nil
  ) throws(Diagnostic) {
    let full = path.path(in: instance.directory)
    guard let status = try FileStatus(of: full), !path.isKeptByGit else { return }
    guard status.kind == .folder,
      try FileTree.entries(below: full).contains(where: \.path.isKeptByGit)
    else { return try aside.take(path, in: instance.directory, leftBy: author) }
    for name in try Folder.names(in: full) {
      try move(path + "/" + name, to: &aside, leftBy: author)
    }
  }

  /// Removes what an attempt left that began with nothing there.
  func remove(all: Bool = false) throws(Diagnostic) {
    try openFolders()
    for entry in try found()
    where entry.status.kind != .folder && (all || !instance.keeps(entry.path)) {
      try Folder.remove(entry.path.path(in: instance.directory))
    }
    try removeFolders(all: all)
  }

  private func removeFolders(all: Bool = false) throws(Diagnostic) {
    for written in instance.settings.written where all || !written.isKept {
      try Folder.removeEmpty(written.normalized.path(in: instance.directory))
    }
  }

  private func makeParents() throws(Diagnostic) {
    for written in instance.settings.written {
      try Folder.create(written.normalized.path(in: instance.directory).parentPath)
    }
  }
}
