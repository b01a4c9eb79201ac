internal import Artifacts
internal import Diagnostics
internal import Synchronization

/// The writers of a dataset's splits, which work on a queue of their own where there are threads for it: rows
/// are written while whoever gives them makes the next ones.
final class SplitsWriting: Sendable {
  private let layout: ShardLayout
  private let directory: String
  private let digests: ShardDigests
  private let writers = Mutex<[SplitName: SplitWriter]>([:])

  /// What went wrong first; nothing is written after that. It has a lock of its own, so that whoever gives
  /// rows does not wait for those that are being written.
  private let failure = Mutex<Diagnostic?>(nil)

  private let queue = BackgroundQueue(
    "anneal.dataset.writing", isConcurrent: DataEngine.threads > 1,
    mostBytes: DataEngine.waitingBytes)

  init(_ layout: ShardLayout, in directory: String, _ digests: ShardDigests) {
    self.layout = layout
    self.directory = directory
    self.digests = digests
  }

  func append(_ block: Block, at places: [Int]?, to split: SplitName) throws(Diagnostic) {
    // Each of a block's splits holds its share of it.
    let bytes = block.byteCount * (places?.count ?? block.count) / max(1, block.count)
    queue.add(bytes: bytes) { self.write(block, at: places, to: split) }
    try throwIfFailed()
  }

  func share(_ split: Split, from source: String) throws(Diagnostic) {
    wait()
    writers.withLock { writers in
      do throws(Diagnostic) {
        var writer = self.writer(for: split.name)
        try writer.share(split, from: source)
        writers[split.name] = writer
      } catch {
        note(error)
      }
    }
    try throwIfFailed()
  }

  /// Ends every shard, and gives the splits in order.
  func finish() throws(Diagnostic) -> [Split] {
    wait()
    try throwIfFailed()
    let splits = writers.withLock { writers in
      Result { () throws(Diagnostic) -> [Split] in
        var splits: [Split] = []
        for name in SplitName.allCases {
          if let split = try writers[name]?.finish() { splits.append(split) }
        }
        return splits
      }
    }
    digests.wait()
    return try splits.get()
  }

  /// Waits until all that was given is written.
  func wait() { queue.wait() }

  private func write(_ block: Block, at places: [Int]?, to split: SplitName) {
    writers.withLock { writers in
      guard failure.withLock({ $0 == nil }) else { return }
      var writer = writers[split] ?? self.writer(for: split)
      writers[split] = nil  // So that its rows are not copied when they grow.
      do throws(Diagnostic) { try writer.append(block, at: places) } catch { note(error) }
      writers[split] = writer
    }
  }

  private func writer(for split: SplitName) -> SplitWriter {
    SplitWriter(split, layout: layout, directory: directory, digests: digests)
  }

  private func note(_ problem: Diagnostic) { failure.withLock { $0 = $0 ?? problem } }

  private func throwIfFailed() throws(Diagnostic) {
    if let problem = failure.withLock({ $0 }) { throw problem }
  }
}
