package import Diagnostics
internal import Glibc
internal import Synchronization

/// The digests of files that stages read, computed in parallel and remembered between runs.
///
/// A file whose size, time of change and inode are as they were is not read again. That only ever
/// saves work: what is remembered is the content's digest, never the time.
package final class FileDigests: Sendable {
  /// A pattern that matches more files than this is summed up in one digest.
  package static let longestList = 100

  private let path: String?
  private let cache: Mutex<DigestCache>

  /// - Parameter path: the file that keeps digests between runs, or `nil` to keep none.
  package init(cache path: String?) throws(Diagnostic) {
    self.path = path
    var cache = DigestCache()
    if let path, try FileStatus(of: path) != nil {
      cache = DigestCache(parsing: try Folder.contents(of: path))
    }
    self.cache = Mutex(cache)
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
    for pattern in Set(patterns).sorted() where !pattern.contains("://") {
      let files = try FilePattern(pattern).matches(in: directory)
      guard !files.isEmpty else {
        throw Diagnostic(
          "no file matches '\(pattern)'",
          remedy: "paths are relative to the pipeline file's folder, '\(directory)'")
      }
      let digests = try digests(of: files, in: directory)
      if files.count <= Self.longestList {
        for (file, digest) in zip(files, digests) { result[file] = digest }
      } else {
        var fingerprint = Fingerprint("files")
        for (file, digest) in zip(files, digests) { fingerprint.add(file, digest) }
        result[pattern] = fingerprint.digest
      }
    }
    return result
  }

  /// Writes what is remembered to the cache's file.
  package func save() throws(Diagnostic) {
    guard let path else { return }
    let bytes = cache.withLock { cache -> [UInt8]? in
      guard cache.hasChanged else { return nil }
      cache.hasChanged = false
      return cache.bytes
    }
    if let bytes { try Folder.replaceFile(path, with: bytes, lasting: false) }
  }

  private func digests(
    of files: [String], in directory: String
  ) throws(Diagnostic) -> [Digest] {
    var paths: [String] = []
    var statuses: [FileStatus] = []
    for file in files {
      let path = file.path(in: directory)
      guard let status = try FileStatus(of: path, following: true) else {
        throw .system("cannot read '\(path)'", code: ENOENT)
      }
      paths.append(path)
      statuses.append(status)
    }
    var digests = cache.withLock { cache in
      zip(paths, statuses).map { cache.digest(of: $0, $1) }
    }
    let unknown = digests.indices.filter { digests[$0] == nil }
    let computed = try ParallelHashing.digests(of: unknown.map { paths[$0] })
    for (index, digest) in zip(unknown, computed) { digests[index] = digest }
    let now = DigestCache.now()
    cache.withLock { cache in
      for (index, digest) in zip(unknown, computed) {
        cache.remember(paths[index], statuses[index], digest, at: now)
      }
    }
    return digests.compactMap { $0 }
  }
}
