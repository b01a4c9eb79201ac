internal import Diagnostics

/// The files that paths stand for which stages read: a file for itself, a folder for all below it.
///
/// Links are followed, because what reads a folder follows them too. A folder that is linked into itself
/// has no end, and pipes and devices have no content that could be compared; both are refused. Stores, and
/// lock files beside their pipeline, are passed over.
struct MatchedFiles {
  private(set) var entries: [FileTree.Entry] = []
  private let directory: String
  private let isOneEnough: Bool
  private var links = 0

  /// Several folders that link to one another multiply; no data is laid out like that.
  private static let mostLinks = 10_000

  /// - Parameters:
  ///   - directory: what the paths are relative to.
  ///   - isOneEnough: whether it is only to be known if there is any file.
  init(in directory: String, isOneEnough: Bool = false) {
    self.directory = directory
    self.isOneEnough = isOneEnough
  }

  /// Whether no more paths need be added.
  var isEnough: Bool { isOneEnough && !entries.isEmpty }

  /// Adds what there is at a path, if anything.
  ///
  /// - Parameter isNamed: whether the path was written out, which means a lock file too.
  mutating func add(_ path: String, isNamed: Bool = false) throws(Diagnostic) {
    let full = path.path(in: directory)
    guard let status = try FileStatus(of: full, following: true),
      isNamed || status.kind == .folder || !LockFile.standsBesidePipeline(path, in: directory)
    else { return }
    try add(path, status)
  }

  /// Whether there is a folder at a path that may be gone into.
  mutating func leadsToFolder(_ path: String) throws(Diagnostic) -> Bool {
    switch try FileStatus(of: path.path(in: directory))?.kind {
    case .folder: return true
    case .symbolicLink: return try linkedStatus(path)?.kind == .folder
    case .file, .other, nil: return false
    }
  }

  private mutating func add(_ path: String, _ status: FileStatus) throws(Diagnostic) {
    switch status.kind {
    case .file: entries.append(FileTree.Entry(path: path, status: status))
    case .folder:
      if isOneEnough, try holdsPlainFile(path) {
        entries.append(FileTree.Entry(path: path, status: status))
      } else {
        try addContents(of: path)
      }
    case .symbolicLink, .other:
      throw Diagnostic(
        "'\(path)' is neither a file nor a folder",
        remedy: "what stages read is compared by its content; name the files that are meant")
    }
  }

  private func holdsPlainFile(_ folder: String) throws(Diagnostic) -> Bool {
    try FileTree.contains(below: folder.path(in: directory), skipping: StoreLayout.usualName) {
      entry in
      entry.status.kind == .file && !LockFile.standsBesidePipeline(entry.path, in: "")
    }
  }

  private mutating func addContents(of path: String) throws(Diagnostic) {
    let prefix = path.isEmpty ? "" : path + "/"
    let below = try FileTree.entries(
      below: path.path(in: directory), prefix: prefix, skipping: StoreLayout.usualName)
    for entry in below where !LockFile.standsBesidePipeline(entry.path, in: directory) {
      if entry.status.kind != .symbolicLink {
        try add(entry.path, entry.status)
      } else if entry.path.lastName != StoreLayout.usualName,
        let target = try linkedStatus(entry.path)
      {
        try add(entry.path, target)
      }
    }
  }

  /// What a link leads to; `nil` where that is nothing.
  private mutating func linkedStatus(_ path: String) throws(Diagnostic) -> FileStatus? {
    guard let target = try FileStatus(of: path.path(in: directory), following: true) else {
      return nil
    }
    guard target.kind == .folder else { return target }
    for folder in foldersAbove(path) {
      guard let status = try FileStatus(of: folder, following: true) else { continue }
      guard (status.device, status.inode) != (target.device, target.inode) else {
        throw Diagnostic(
          "the link '\(path)' leads to a folder that it is in",
          remedy: "remove it, or name the files that are meant instead of the folder")
      }
    }
    links += 1
    guard links <= Self.mostLinks else {
      throw Diagnostic(
        "there are more than \(Self.mostLinks) linked folders on the way to '\(path)'",
        remedy: "name the files that are meant instead of the folder")
    }
    return target
  }

  /// The folders that a path goes through, from the directory or the root on.
  private func foldersAbove(_ path: String) -> [String] {
    var folders = [path.hasPrefix("/") ? "/" : directory]
    var way = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      way += (way.isEmpty || way == "/" ? "" : "/") + part
      folders.append(way.path(in: directory))
    }
    return folders
  }
}
