internal import Artifacts
internal import Diagnostics
internal import Dispatch
internal import Synchronization

/// Digests shards while they are written, each on a queue of its own where there are threads for it. Where
/// there are none, whoever takes the shards over digests them.
final class ShardDigests: Sendable {
  private let tell: (@Sendable (DigestedFile) -> Void)?
  private let isWorthwhile: Bool
  private let open = DispatchGroup()

  /// - Parameter tell: Hears of each shard that is complete, from any thread.
  init(_ tell: (@Sendable (DigestedFile) -> Void)?) {
    self.tell = tell
    isWorthwhile = tell != nil && DataEngine.threads > 1
  }

  /// The digest of a shard that is being written; a class because a file has one owner.
  final class Shard: Sendable {
    fileprivate let file: Mutex<GrowingFile?>
    fileprivate let queue = DispatchQueue(label: "anneal.dataset.digest")

    fileprivate init?(_ path: String) {
      do throws(Diagnostic) { file = Mutex(try GrowingFile(path)) } catch { return nil }
    }
  }

  /// Nil where a shard is not digested here: what cannot be read now is told when it is read again.
  func shard(at path: String) -> Shard? { isWorthwhile ? Shard(path) : nil }

  /// Takes in what a shard holds so far.
  func advance(_ shard: Shard?) {
    shard?.queue.async(group: open) { [shard] in
      shard?.file.withLock { try? $0?.advance() }
    }
  }

  /// Tells of a shard that is complete.
  func finish(_ shard: Shard?) {
    shard?.queue.async(group: open) { [shard, tell] in
      let digested = shard?.file.withLock { file -> DigestedFile? in
        guard let whole = file.take() else { return nil }
        return try? whole.finish()
      }
      if let digested { tell?(digested) }
    }
  }

  /// Waits until all shards are digested.
  func wait() { open.wait() }
}
