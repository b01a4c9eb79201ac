package import Diagnostics
internal import Glibc

/// Operations on folders and names that report failures as diagnostics.
package enum Folder {
  /// Makes a folder and those above it; one that is there already is fine.
  package static func create(_ path: String) throws(Diagnostic) {
    if unsafe mkdir(path, 0o777) == 0 { return }
    switch errno {
    case EEXIST:
      let status = try FileStatus(of: path, following: true)
      if status?.kind != .folder { throw .system("cannot make the folder '\(path)'", code: EEXIST) }
    case ENOENT:
      let parent = path.parentPath
      guard parent != path, !parent.isEmpty else {
        throw .system("cannot make the folder '\(path)'", code: ENOENT)
      }
      try create(parent)
      if unsafe mkdir(path, 0o777) != 0, errno != EEXIST {
        throw .system("cannot make the folder '\(path)'")
      }
    default: throw .system("cannot make the folder '\(path)'")
    }
  }

  /// Makes a folder in one that is there, and tells whether this made it: one process alone does.
  package static func createNew(_ path: String) throws(Diagnostic) -> Bool {
    if unsafe mkdir(path, 0o777) == 0 { return true }
    guard errno == EEXIST else { throw .system("cannot make the folder '\(path)'") }
    return false
  }

  /// The names in a folder in byte order, or an empty list where it is not there.
  package static func names(in path: String) throws(Diagnostic) -> [String] {
    guard try FileStatus(of: path, following: true) != nil else { return [] }
    let stream = try FolderStream(path)
    var names: [String] = []
    while let name = try stream.next() { names.append(name) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Removes a file, or a folder with all that is in it; what is not there is fine.
  package static func remove(_ path: String) throws(Diagnostic) {
    guard let status = try FileStatus(of: path) else { return }
    if status.kind == .folder {
      if status.mode & 0o700 != 0o700 { _ = unsafe chmod(path, 0o700) }
      try FolderStream(path).removeContents()
      if unsafe rmdir(path) != 0, errno != ENOENT { throw .system("cannot remove '\(path)'") }
    } else if unsafe unlink(path) != 0, errno != ENOENT {
      throw .system("cannot remove '\(path)'")
    }
  }

  /// Removes the folders below a folder, and itself, that have nothing but folders in them.
  package static func removeEmpty(_ path: String) throws(Diagnostic) {
    guard try FileStatus(of: path)?.kind == .folder else { return }
    let folders = try FileTree.everything(below: path).filter { $0.status.kind == .folder }
    for folder in folders.reversed().map({ path + "/" + $0.path }) + [path] {
      _ = try removeIfEmpty(folder)
    }
  }

  /// Removes a folder with nothing in it, and tells whether it is gone.
  package static func removeIfEmpty(_ path: String) throws(Diagnostic) -> Bool {
    if unsafe rmdir(path) == 0 || errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { return false }
    throw .system("cannot remove '\(path)'")
  }

  /// Sets what may be done with a file or folder.
  package static func set(
    _ permissions: Permissions, of path: String
  ) throws(Diagnostic) {
    if unsafe chmod(path, permissions.bits) != 0 {
      throw .system("cannot set the permissions of '\(path)'")
    }
  }

  /// Makes a symbolic link.
  package static func link(_ path: String, to target: String) throws(Diagnostic) {
    if unsafe symlink(target, path) != 0 { throw .system("cannot make the link '\(path)'") }
  }

  /// What a symbolic link says, which is not looked at.
  package static func target(ofLink path: String) throws(Diagnostic) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe readlink(path, start, bytes.count)
    }
    guard count >= 0 else { throw .system("cannot read the link '\(path)'") }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// Gives a file or folder a new name, replacing a file of that name.
  package static func rename(_ path: String, to new: String) throws(Diagnostic) {
    if unsafe Glibc.rename(path, new) != 0 { throw .system("cannot rename '\(path)' to '\(new)'") }
  }

  /// Writes a file so that readers see either the old content or all of the new.
  ///
  /// The new content is first written to `PATH.new`. One that a killed process left is taken over. A
  /// device or a pipe is written to as it is.
  ///
  /// - Parameter lasting: whether to wait until it is on the medium; what is only a cache, or becomes
  ///   lasting with something else, need not be.
  package static func replaceFile(
    _ path: String, with bytes: [UInt8], lasting: Bool = true
  ) throws(Diagnostic) {
    if try FileStatus(of: path, following: true)?.kind == .other {
      return try OpenFile(appending: path).write(bytes)
    }
    let draft = path + ".new"
    let file = try lockedDraft(draft)
    do {
      try file.truncate()
      try file.write(bytes)
      if lasting { try file.synchronize() }
      try rename(draft, to: path)
    } catch {
      unsafe unlink(draft)
      throw error
    }
    if lasting { try OpenFile(reading: path.parentPath).synchronize() }
  }

  /// Removes what a process that was killed while it wrote to `path` left beside it.
  package static func removeUnfinished(_ path: String) throws(Diagnostic) {
    let draft = path + ".new"
    guard try FileStatus(of: draft)?.kind == .file else { return }
    let file = try OpenFile(locking: draft)
    // Whoever holds the lock is writing.
    if try file.tryLock(exclusive: true), try isStill(file, draft) { unsafe unlink(draft) }
  }

  /// Opens the file for new content, which nobody else writes to.
  private static func lockedDraft(_ draft: String) throws(Diagnostic) -> OpenFile {
    while true {
      let file = try OpenFile(locking: draft)
      try file.lock(exclusive: true)
      // Whoever had it before has given it another name or removed it.
      if try isStill(file, draft) { return file }
    }
  }

  private static func isStill(
    _ file: borrowing OpenFile, _ path: String
  ) throws(Diagnostic) -> Bool {
    guard let status = try FileStatus(of: path) else { return false }
    return try file.isSame(as: status)
  }

  /// Copies a file's content to a new file.
  ///
  /// - Parameter permissions: those of the new file; from usual ones the process's mask is taken.
  package static func copyFile(
    _ path: String, to new: String, permissions: Permissions = .file
  ) throws(Diagnostic) {
    let source = try OpenFile(reading: path)
    let target = try OpenFile(creating: new, isExecutable: permissions.isExecutable)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try source.read(into: &chunk)
      if count == 0 {
        if permissions != .file, permissions != .program { try set(permissions, of: new) }
        return
      }
      try target.write(count == chunk.count ? chunk : Array(chunk[..<count]))
    }
  }

  /// Copies a file's content so that readers of the new name see either what was there or all of it.
  ///
  /// No other file is touched: the folder may be a user's, with names of any kind in it.
  package static func replaceFile(
    _ path: String, withCopyOf source: String, permissions: Permissions = .file
  ) throws(Diagnostic) {
    let draft = path + ".\(UInt64.random(in: 0 ... .max)).new"
    do {
      try copyFile(source, to: draft, permissions: permissions)
      try rename(draft, to: path)
    } catch {
      unsafe unlink(draft)
      throw error
    }
  }

  /// The whole content of a file.
  package static func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    try contents(of: path, atMost: .max) ?? []
  }

  /// The whole content of a file, or `nil` where that is more than so many bytes; then the rest is not
  /// read.
  package static func contents(of path: String, atMost limit: Int) throws(Diagnostic) -> [UInt8]? {
    let file = try OpenFile(reading: path)
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try file.read(into: &chunk)
      if count == 0 { return result }
      guard count <= limit - result.count else { return nil }
      result += chunk[..<count]
    }
  }
}

extension String {
  /// The part of this path after its last slash.
  package var lastName: String {
    String(self[(lastIndex(of: "/").map(index(after:)) ?? startIndex)...])
  }

  /// This path without empty parts and `.`.
  package var plainPath: String {
    guard !isPlainPath else { return self }
    let parts = split(separator: "/").filter { $0 != "." }
    return (hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// Whether no part can be empty or `.`, as one look at the bytes tells of most paths.
  private var isPlainPath: Bool {
    let isPlain = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      var last = UInt8(ascii: "/")
      for position in bytes.indices {
        let byte = unsafe bytes[position]
        let startsPart = last == UInt8(ascii: "/")
        if startsPart, byte == UInt8(ascii: ".") || byte == last && position > 0 { return false }
        last = byte
      }
      return last != UInt8(ascii: "/")
    }
    return isPlain ?? false
  }

  /// The path of the folder that holds this path's last name.
  package var parentPath: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  /// This path below `folder`, unless it is absolute already.
  package func path(in folder: String) -> String {
    if hasPrefix("/") || folder.isEmpty || folder == "." { return self }
    return folder.hasSuffix("/") ? folder + self : folder + "/" + self
  }
}
