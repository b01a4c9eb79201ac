package import Diagnostics
internal import Glibc
internal import Synchronization

/// The digests of files that stages read, computed in parallel and remembered between runs.
///
/// A file whose inode, size and times of modification and change are as they were is not read again.
/// That only ever saves work: what is remembered is the content's digest, never the time.
package final class FileDigests: Sendable {
  /// A pattern that matches more files than this is summed up in one digest.
  package static let longestList = 100

  private let path: String?
  private let cache: Mutex<DigestCache>
  private let expected: Mutex<[FileIdentity: ExpectedDigest]> = Mutex([:])

  /// - Parameter path: the file that keeps digests between runs, or `nil` to keep none.
  package init(cache path: String?) throws(Diagnostic) {
    self.path = path
    var records = DigestRecords()
    if let path, try FileStatus(of: path) != nil {
      records = DigestRecords(parsing: try Folder.contents(of: path))
    }
    cache = Mutex(DigestCache(records))
  }

  /// The digests of the files that patterns match, by path relative to `directory`.
  ///
  /// A pattern names a file, a folder with all below it, or has `*`, `?`, `[…]` in its parts and `**`
  /// for any folders. Addresses such as `s3://…` are no files here and are passed over. Where a
  /// pattern matches more than `longestList` files, the pattern itself stands for them, with one
  /// digest over all their paths and digests.
  ///
  /// - Throws: when a pattern matches nothing, or a file cannot be read.
  package func digests(
    matching patterns: [String], in directory: String
  ) throws(Diagnostic) -> [String: Digest] {
    var result: [String: Digest] = [:]
    for pattern in Set(patterns).sorted() where !pattern.isAddress {
      let files = try Self.files(matching: pattern, in: directory)
      let digests = try digests(of: files, in: directory)
      if files.count <= Self.longestList {
        for (file, digest) in zip(files, digests) { result[file.path] = digest }
      } else {
        var fingerprint = Fingerprint("files")
        for (file, digest) in zip(files, digests) { fingerprint.add(file.path, digest) }
        result[pattern] = fingerprint.digest
      }
    }
    return result
  }

  /// Begins to digest a large file that will be asked for soon, where its digest is not known.
  ///
  /// - Parameter pattern: one with wildcards, and what is no file or changed just now, is passed over.
  package func expect(_ pattern: String, in directory: String) {
    let path = pattern.path(in: directory)
    guard pattern.firstWildcard == nil, !pattern.isAddress,
      let status = try? FileStatus(of: path, following: true), status.kind == .file,
      status.size >= Self.largeFile
    else { return }
    let now = DigestCache.now()
    guard DigestCache.isSettled(status, at: now) else { return }
    guard cache.withLock({ $0.digest(of: status, at: now) }) == nil else { return }
    expected.withLock { expected in
      let identity = FileIdentity(status)
      let bytes = expected.keys.reduce(status.size) { $0 + $1.size }
      guard bytes <= Self.mostExpected, expected[identity] == nil else { return }
      expected[identity] = ExpectedDigest(path, at: now)
    }
  }

  /// How many files are digested before they are asked for, or were.
  var expectedCount: Int { expected.withLock { $0.count } }

  /// Smaller files are digested in less time than it takes to say so; and so many bytes are digested before it is
  /// known that somebody wants to know.
  private static var largeFile: Int { 4 << 20 }
  private static var mostExpected: Int { 256 << 20 }

  private static func files(
    matching pattern: String, in directory: String
  ) throws(Diagnostic) -> [FileTree.Entry] {
    let files = try FilePattern(pattern).matches(in: directory)
    guard files.isEmpty else { return files }
    throw .missing(pattern, isLiteral: pattern.firstWildcard == nil, in: directory)
  }

  /// Writes what is remembered to the cache's file.
  package func save() throws(Diagnostic) {
    guard let path else { return }
    let bytes = cache.withLock { cache -> [UInt8]? in
      cache.hasChanged ? cache.merged(at: DigestCache.now()).bytes : nil
    }
    if let bytes { try Folder.replaceFile(path, with: bytes, lasting: false) }
  }

  /// The digests of files that were looked at just now, in their order.
  ///
  /// - Parameter files: by path relative to `directory`.
  package func digests(
    of files: [FileTree.Entry], in directory: String
  ) throws(Diagnostic) -> [Digest] {
    let now = DigestCache.now()
    var digests = cache.withLock { cache in
      files.map { cache.digest(of: $0.status, at: now) }
    }
    for index in digests.indices where digests[index] == nil {
      digests[index] = expectedDigest(of: files[index].status)
    }
    let unknown = digests.indices.filter { digests[$0] == nil }
    guard !unknown.isEmpty else { return digests.compactMap(\.self) }
    let paths = unknown.map { files[$0].path.path(in: directory) }
    let computed = try ParallelHashing.digests(of: paths)
    for (index, digest) in zip(unknown, computed) { digests[index] = digest }
    cache.withLock { cache in
      for (index, digest) in zip(unknown, computed) {
        cache.remember(files[index].status, digest, at: now)
      }
    }
    return digests.compactMap(\.self)
  }

  /// The digest of a file that was expected and has not changed since.
  private func expectedDigest(of status: FileStatus) -> Digest? {
    let identity = FileIdentity(status)
    guard let begun = expected.withLock({ $0[identity] }), let digest = begun.digest else {
      return nil
    }
    cache.withLock { $0.remember(status, digest, at: begun.time) }
    return digest
  }
}
