package import Diagnostics
internal import Glibc

extension Store {
  /// Takes a folder's files into the store and returns the digest of the tree; the folder is gone
  /// afterwards.
  ///
  /// Other processes see the tree at once. Call `synchronize` before anything is recorded that has to
  /// find it after a power failure.
  ///
  /// A tree of files alone keeps no empty folders, and refuses symbolic links; one of everything refuses
  /// those that lead out of it, because what they point to can change. A file that has another name
  /// outside the folder is copied, so that no file of anyone else becomes read-only.
  ///
  /// - Parameter digested: what whoever wrote the files told of them. Files that were changed since, and all
  ///   others, are digested here.
  package func commit(
    directory folder: String, keeping detail: TreeManifest.Detail = .files,
    digested: [DigestedFile] = []
  ) throws(Diagnostic) -> Digest {
    let content = try FolderContent(of: folder, detail)
    let files = content.files
    for closed in content.closed { try Folder.set(.program, of: folder + "/" + closed) }
    let digests = try digests(of: files, in: folder, knowing: digested)
    var touched: Set<String> = []
    var left = 0
    for (file, digest) in zip(files, digests) {
      let path = folder + "/" + file.path
      if try !ingest(path, file.status, as: digest, touching: &touched) { left += file.status.size }
    }
    let manifest = TreeManifest(content, digests, detail)
    let tree = try add(manifest.bytes, touching: &touched)
    try openSession().addUnsynchronized(touched)
    try openSession().discard(folder, holding: left)
    return tree
  }

  private func digests(
    of files: [FileTree.Entry], in folder: String, knowing digested: [DigestedFile]
  ) throws(Diagnostic) -> [Digest] {
    let known = Dictionary(digested.map { ($0.identity, $0.digest) }) { _, last in last }
    let told = files.map { known[FileIdentity($0.status)] }
    let open = files.indices.filter { told[$0] == nil }
    // What is large goes out to the medium while it is digested.
    for file in open where files[file].status.size >= Self.largeFile {
      try OpenFile(reading: folder + "/" + files[file].path).beginWritingOut()
    }
    var found = try ParallelHashing.digests(of: open.map { folder + "/" + files[$0].path })[...]
    return told.compactMap { $0 ?? found.popFirst() }
  }

  /// Waits until everything that was committed so far is on the medium.
  ///
  /// Many files are written out together, because a disk takes as long for each flush as for all.
  package func synchronize() throws(Diagnostic) {
    let paths = try openSession().takeUnsynchronized()
    do throws(Diagnostic) {
      guard paths.count <= Self.fewFiles else {
        return try OpenFile(reading: root).synchronizeFileSystem()
      }
      // Folders last, so that no name is on the medium before its content. Those that are equally deep
      // are flushed together, for which a disk takes as long as for one.
      let levels = Dictionary(grouping: paths.sorted()) { path in
        path.utf8.count { $0 == UInt8(ascii: "/") }
      }
      for (_, level) in levels.sorted(by: { $0.key > $1.key }) {
        let results = level.concurrentMap(grain: 1) { path in
          Result { () throws(Diagnostic) in try OpenFile(reading: path).synchronize() }
        }
        for result in results { try result.get() }
      }
    } catch {
      try openSession().addUnsynchronized(paths)
      throw error
    }
  }

  /// So many files are flushed one by one, which spares what other programs write.
  private static let fewFiles = 24

  /// Files of this size are written out early.
  private static var largeFile: Int { 1 << 20 }

  /// Makes bytes an object of their own.
  private func add(
    _ bytes: [UInt8], touching touched: inout Set<String>
  ) throws(Diagnostic) -> Digest {
    let digest = Digest(of: bytes)
    let path = try openSession().newPath()
    do {
      let file = try OpenFile(creating: path)
      try file.write(bytes)
    }
    if let status = try FileStatus(of: path),
      try !ingest(path, status, as: digest, touching: &touched)
    {
      try Folder.remove(path)
    }
    return digest
  }

  /// Moves a file to its place among the objects unless its content is there already.
  ///
  /// - Returns: whether the file is gone from where it was.
  func ingest(
    _ path: String, _ status: FileStatus, as digest: Digest, touching touched: inout Set<String>
  ) throws(Diagnostic) -> Bool {
    let object = layout.object(digest)
    // One that is there already may be as new, from another process.
    touched.insert(object)
    // One of the same size that holds something else is damaged, and is replaced.
    if try isIntact(object, digest, size: status.size) { return false }
    var source = path
    if status.links > 1 {
      source = try temporaryDirectory() + "/object"
      try Folder.copyFile(path, to: source)
    }
    let parent = object.parentPath
    if try FileStatus(of: parent) == nil {
      try Folder.create(parent)
      touched.insert(layout.objects.path)
    }
    if unsafe chmod(source, 0o444) != 0 { throw .system("cannot make '\(source)' read-only") }
    if let status = try FileStatus(of: source) { try openSession().note(digest, of: status) }
    try Folder.rename(source, to: object)
    touched.insert(parent)
    return source == path
  }
}
