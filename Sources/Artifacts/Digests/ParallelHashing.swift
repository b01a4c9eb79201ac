internal import Diagnostics

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
    paths.concurrentParts(grain: paths.count > 4096 ? 64 : 1) { part in
      var chunk = Digest.emptyChunk
      return part.map { digest($0, through: &chunk) }
    }
  }

  private static func digest(
    _ path: String, through chunk: inout [UInt8]
  ) -> Result<Digest, Diagnostic> {
    do { return .success(try Digest.file(path, through: &chunk)) } catch { return .failure(error) }
  }
}
