internal import Dispatch
internal import Synchronization

/// A digest that is worked out before anyone waits for it.
final class ExpectedDigest: Sendable {
  /// When it was begun, in nanoseconds since 1970.
  let time: Int
  private let result: Mutex<Digest?> = Mutex(nil)
  private let work = DispatchGroup()

  init(_ path: String, at time: Int) {
    self.time = time
    DispatchQueue.global().async(group: work) { [self] in
      let digest = try? Digest.file(path)
      result.withLock { $0 = digest }
    }
  }

  /// Nil where the file could not be read.
  var digest: Digest? {
    work.wait()
    return result.withLock(\.self)
  }
}
