package import Diagnostics

/// The files below a folder, found without following symbolic links.
package enum FileTree {
  /// A file by its path, or anything else that is no folder; a folder where these are asked for.
  package struct Entry: Sendable {
    package var path: String
    package var status: FileStatus

    package init(path: String, status: FileStatus) {
      self.path = path
      self.status = status
    }
  }

  /// Everything below `folder` but the folders themselves, in byte order of the paths.
  ///
  /// - Parameters:
  ///   - prefix: what comes before each path relative to the folder.
  ///   - skipped: the name of folders that are passed over.
  package static func entries(
    below folder: String, prefix: String = "", skipping skipped: String? = nil
  ) throws(Diagnostic) -> [Entry] {
    guard try FileStatus(of: folder, following: true) != nil else { return [] }
    let skipped = skipped.map { $0 + "/" }
    let found = try listing(of: folder).filter { $0.path != skipped }
    let folders = found.filter { $0.status.kind == .folder }
    guard folders.count >= manyFolders else {
      var entries: [Entry] = []
      try collect(found, in: folder, prefix: prefix, skipping: skipped, into: &entries)
      return entries
    }
    let contents = folders.concurrentMap(grain: max(1, folders.count / 64)) { entry in
      Result { () throws(Diagnostic) in
        var entries: [Entry] = []
        try collect([entry], in: folder, prefix: prefix, skipping: skipped, into: &entries)
        return entries
      }
    }
    var entries: [Entry] = []
    var next = contents.makeIterator()
    for entry in found {
      if entry.status.kind == .folder {
        entries += try next.next()?.get() ?? []
      } else {
        entries.append(Entry(path: prefix + entry.path, status: entry.status))
      }
    }
    return entries
  }

  /// So many folders in one are looked into on all cores.
  private static let manyFolders = 8

  /// Whether anything below `folder` but folders fits, found by looking no further than need be.
  ///
  /// - Parameter fits: given whole paths.
  static func contains(
    below folder: String, skipping skipped: String?, where fits: (Entry) -> Bool
  ) throws(Diagnostic) -> Bool {
    let stream = try FolderStream(folder)
    var folders: [String] = []
    while let name = try stream.next() {
      let path = folder + "/" + name
      guard let status = try stream.status(of: name) else { continue }
      if status.kind != .folder {
        if fits(Entry(path: path, status: status)) { return true }
      } else if name != skipped {
        folders.append(path)
      }
    }
    for folder in folders where try contains(below: folder, skipping: skipped, where: fits) {
      return true
    }
    return false
  }

  private static func collect(
    _ listing: [Entry], in folder: String, prefix: String, skipping skipped: String?,
    into entries: inout [Entry]
  ) throws(Diagnostic) {
    for found in listing where found.path != skipped {
      if found.status.kind == .folder {
        // The path ends in the slash that put the folder in its place among the files.
        let below = folder + "/" + found.path.dropLast()
        try collect(
          try self.listing(of: below), in: below, prefix: prefix + found.path, skipping: skipped,
          into: &entries)
      } else {
        entries.append(Entry(path: prefix + found.path, status: found.status))
      }
    }
  }

  /// Everything below `folder`, each folder right before all that is in it.
  ///
  /// - Parameter prefix: what comes before each path relative to the folder.
  package static func everything(
    below folder: String, prefix: String = ""
  ) throws(Diagnostic) -> [Entry] {
    var entries: [Entry] = []
    guard try FileStatus(of: folder, following: true) != nil else { return entries }
    for found in try listing(of: folder) {
      guard found.status.kind == .folder else {
        entries.append(Entry(path: prefix + found.path, status: found.status))
        continue
      }
      let name = String(found.path.dropLast())
      entries.append(Entry(path: prefix + name, status: found.status))
      entries += try everything(below: folder + "/" + name, prefix: prefix + found.path)
    }
    return entries
  }

  /// What is wrong with a name that a folder listed, under which nothing is found there.
  static func problem(with name: String, in folder: String) -> Diagnostic? {
    guard name.unicodeScalars.contains("\u{FFFD}") else { return nil }
    return Diagnostic(
      "the name of '\(name)' in '\(folder)' is not UTF-8", remedy: "rename or remove the file")
  }

  /// What a folder holds, folders with a slash after their names, in byte order.
  private static func listing(of folder: String) throws(Diagnostic) -> [Entry] {
    let stream = try FolderStream(folder)
    var found: [Entry] = []
    while let name = try stream.next() {
      guard let status = try stream.status(of: name) else {
        // Nothing is lost where a file was removed in between, but a name that cannot be said is there.
        if let problem = problem(with: name, in: folder) { throw problem }
        continue
      }
      found.append(Entry(path: status.kind == .folder ? name + "/" : name, status: status))
    }
    return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
