internal import Diagnostics
internal import Dispatch
internal import Synchronization

/// The writers of a dataset's splits, which work on a queue of their own where there are threads for it: rows
/// are written while whoever gives them makes the next ones.
final class SplitsWriting: Sendable {
  private struct State {
    var writers: [SplitName: SplitWriter] = [:]

    /// What went wrong first; nothing is written after that.
    var failure: Diagnostic?
  }

  private let layout: ShardLayout
  private let directory: String
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "anneal.dataset.writing")

  /// So few blocks wait, because each is in memory.
  private let room = DispatchSemaphore(value: 2)

  init(_ layout: ShardLayout, in directory: String) {
    self.layout = layout
    self.directory = directory
  }

  func append(_ block: Block, to split: SplitName) throws(Diagnostic) {
    guard DataEngine.threads > 1 else {
      write(block, to: split)
      return try throwIfFailed()
    }
    room.wait()
    queue.async {
      self.write(block, to: split)
      self.room.signal()
    }
    try throwIfFailed()
  }

  func share(_ split: Split, from source: String) throws(Diagnostic) {
    wait()
    state.withLock { state in
      do throws(Diagnostic) {
        var writer = SplitWriter(split.name, layout: layout, directory: directory)
        try writer.share(split, from: source)
        state.writers[split.name] = writer
      } catch {
        state.failure = state.failure ?? error
      }
    }
    try throwIfFailed()
  }

  /// Ends every shard, and gives the splits in order.
  func finish() throws(Diagnostic) -> [Split] {
    wait()
    try throwIfFailed()
    let splits = state.withLock { state in
      Result { () throws(Diagnostic) -> [Split] in
        var splits: [Split] = []
        for name in SplitName.allCases {
          if let split = try state.writers[name]?.finish() { splits.append(split) }
        }
        return splits
      }
    }
    return try splits.get()
  }

  /// Waits until all that was given is written.
  func wait() { queue.sync {} }

  private func write(_ block: Block, to split: SplitName) {
    state.withLock { state in
      guard state.failure == nil else { return }
      var writer =
        state.writers[split] ?? SplitWriter(split, layout: layout, directory: directory)
      state.writers[split] = nil  // So that its rows are not copied when they grow.
      do throws(Diagnostic) { try writer.append(block) } catch { state.failure = error }
      state.writers[split] = writer
    }
  }

  private func throwIfFailed() throws(Diagnostic) {
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }
}
