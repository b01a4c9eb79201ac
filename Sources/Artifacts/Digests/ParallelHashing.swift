internal import Diagnostics
internal import Dispatch
internal import Synchronization

/// Digests of many files, computed on all cores.
enum ParallelHashing {
  /// The digests in the order of `paths`; the first failure in that order is thrown.
  static func digests(of paths: [String]) throws(Diagnostic) -> [Digest] {
    var digests: [Digest] = []
    digests.reserveCapacity(paths.count)
    for result in results(of: paths) { digests.append(try result.get()) }
    return digests
  }

  /// The digest or the failure of each file, in the order of `paths`.
  static func results(of paths: [String]) -> [Result<Digest, Diagnostic>] {
    // Of many files, neighbours go to one worker together, so that small ones cost no bookkeeping.
    let stride = paths.count > 4096 ? 64 : 1
    let starts = Array(Swift.stride(from: 0, to: paths.count, by: stride))
    let parts = Mutex<[Int: [Result<Digest, Diagnostic>]]>([:])
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      var chunk = Digest.emptyChunk
      let part = paths[starts[index]..<min(paths.count, starts[index] + stride)].map { path in
        digest(path, through: &chunk)
      }
      parts.withLock { $0[index] = part }
    }
    let done = parts.withLock { $0 }
    return starts.indices.flatMap { done[$0] ?? [] }
  }

  private static func digest(
    _ path: String, through chunk: inout [UInt8]
  ) -> Result<Digest, Diagnostic> {
    do { return .success(try Digest.file(path, through: &chunk)) } catch { return .failure(error) }
  }
}
