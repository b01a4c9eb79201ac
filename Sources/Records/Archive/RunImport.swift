internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Takes a run from an archive into a folder and its store. Nothing outside of the two is written, and
/// no file that is there is replaced.
package struct RunImport {
  private let path: String
  private let folder: String
  private let storePath: String

  /// What was taken over.
  package struct Outcome: Sendable {
    package var run: RunRecord
    package var pipelineFile: String
    package var files: Int
    package var missing: [String]

    /// The stages that have another result here, which stays.
    package var kept: [String] = []

    /// The tags of the run that runs here have already, and that it was not given.
    package var leftOutTags: [String] = []
  }

  /// - Parameter folder: where the pipeline goes; made where there is none.
  package init(_ path: String, to folder: String, store: String) {
    self.path = path
    self.folder = folder
    storePath = store
  }

  package func run() throws -> Outcome {
    var tar = try TarReader(path)
    let archive = try manifest(&tar)
    let (run, stages, results) = try archive.records(from: path)
    try checkFolder(archive)
    let store = try Store(opening: storePath)
    let ledger = try Ledger(opening: store)
    let records = try ArchivedRecords(run, stages, results, path, beside: ledger)
    let contents = try extract(&tar, archive, in: store)
    try takeTrees(Set(results.map(\.output)), contents, archive, into: store)
    for file in archive.files { try place(file, from: contents) }
    let file = archive.pipelineFile.path(in: folder)
    let taken = try records.take(to: file, store)
    return Outcome(
      run: run, pipelineFile: file, files: archive.files.count, missing: archive.missing,
      kept: taken.kept, leftOutTags: taken.leftOutTags)
  }

  private func manifest(_ tar: inout TarReader) throws -> RunArchive {
    guard let first = try tar.next(), first.name == RunArchive.manifestName,
      first.size <= RunArchive.longestManifest
    else {
      throw Diagnostic("'\(path)' is no archive of a run", remedy: "'anneal export' writes one")
    }
    let archive = try RunArchive(parsing: try tar.contents(), file: path)
    var total = 0
    for size in archive.objects.values {
      let (sum, isTooLarge) = total.addingReportingOverflow(size)
      guard !isTooLarge, sum <= tar.length else {
        throw Diagnostic("'\(path)' claims to hold more than its \(tar.length) bytes")
      }
      total = sum
    }
    return archive
  }

  /// Refuses to replace anything, before anything is written.
  private func checkFolder(_ archive: RunArchive) throws {
    for file in archive.files {
      let parts = file.path.split(separator: "/")
      for count in 1..<max(parts.count, 1) {
        let parent = parts.prefix(count).joined(separator: "/").path(in: folder)
        guard let status = try FileStatus(of: parent), status.kind != .folder else { continue }
        throw Diagnostic(
          "'\(file.path)' cannot be put where '\(parent)' is no folder of its own",
          remedy: "import into an empty folder")
      }
      let target = file.path.path(in: folder)
      guard let status = try FileStatus(of: target) else { continue }
      guard status.kind == .file, try Digest.file(target) == file.digest else {
        throw Diagnostic(
          "'\(target)' is there already and has other content",
          remedy: "import into an empty folder, or move the file away")
      }
    }
  }

  /// Takes every content out, checked against its digest, and returns the folder.
  private func extract(
    _ tar: inout TarReader, _ archive: RunArchive, in store: Store
  ) throws -> String {
    let contents = try store.temporaryDirectory()
    var expected = archive.objects
    while let entry = try tar.next() {
      guard let digest = Digest(hex: entry.name.dropFirst("objects/".count)),
        entry.name == RunArchive.objectName(digest),
        expected.removeValue(forKey: digest) == entry.size
      else {
        throw Diagnostic("'\(path)' holds '\(entry.name)', which it does not list with that size")
      }
      guard try tar.extract(to: contents + "/" + digest.hex) == digest else {
        throw Diagnostic(
          "'\(entry.name)' in '\(path)' is damaged: its content does not have the digest in its name",
          remedy: "copy or export it again")
      }
    }
    guard expected.isEmpty else {
      throw Diagnostic("'\(path)' lacks \(expected.count) of the contents that it lists")
    }
    return contents
  }

  /// Puts artifacts together under their names and commits them, which checks them as wholes.
  private func takeTrees(
    _ trees: Set<Digest>, _ contents: String, _ archive: RunArchive, into store: Store
  ) throws {
    for tree in trees.sorted() where !store.contains(tree) {
      guard archive.objects[tree] != nil else {
        throw Diagnostic("'\(path)' lacks the artifact \(tree.short)")
      }
      let manifest = try TreeManifest(
        parsing: try Folder.contents(of: contents + "/" + tree.hex), file: path)
      let folder = try store.temporaryDirectory()
      for entry in manifest.entries {
        guard archive.objects[entry.digest] == entry.size else {
          throw Diagnostic("'\(path)' lacks '\(entry.path)' of the artifact \(tree.short)")
        }
        let target = folder + "/" + entry.path
        try Folder.create(target.parentPath)
        try Folder.copyFile(
          contents + "/" + entry.digest.hex, to: target, permissions: entry.permissions)
      }
      try manifest.complete(folder)
      try manifest.setPermissions(in: folder)
      guard try store.commit(directory: folder, keeping: .everything) == tree else {
        throw Diagnostic("the artifact \(tree.short) in '\(path)' is not as its name says")
      }
    }
    try store.synchronize()
  }

  private func place(_ file: RunArchive.File, from contents: String) throws {
    let target = file.path.path(in: folder)
    guard try FileStatus(of: target) == nil else { return }
    try Folder.create(target.parentPath)
    try Folder.replaceFile(
      target, withCopyOf: contents + "/" + file.digest.hex,
      permissions: file.isExecutable ? .program : .file)
  }
}
