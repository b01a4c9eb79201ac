package import Dataset
import Diagnostics
import Hardware
import Tensor

/// The batches of one split for one epoch, prepared ahead on queues of their own.
///
/// All batches have the same number of rows give or take one, so that none is too small for the
/// statistics of a batch norm. In training the rows come in an order that depends on the seed and
/// the epoch alone; otherwise in the order of the split. Rows are copied once, from the mapped shards into
/// the batch; what is held is the batches that are prepared, whatever the size of the split.
package struct BatchLoader: Sendable {
  private let reader: SplitReader
  private let execution: Execution
  private let input: ModelInput
  private let order: RowOrder
  /// The number of batches that the whole split makes.
  private let whole: Int
  /// The number of batches that there are.
  package let count: Int
  /// The batch that comes first, those before it having been had.
  private let first: Int

  /// - Parameters:
  ///   - batch: The most rows in a batch, but for `least`.
  ///   - least: The fewest rows in a batch, as far as the split has them; batches grow beyond
  ///     `batch` rather than fall below it.
  ///   - epoch: The pass over the split, from 0.
  ///   - isTraining: Whether rows are shuffled and augmented.
  ///   - limit: The most batches to make.
  ///   - first: The batch to begin with, from 0.
  package init(
    _ dataset: Dataset, _ split: SplitName, batch: Int, least: Int = 1, epoch: Int = 0,
    isTraining: Bool, limit: Int = .max, first: Int = 0, execution: Execution
  ) throws {
    guard let reader = dataset[split], reader.rows > 0 else {
      throw Diagnostic(
        "the dataset has no rows in its \(split.rawValue) split",
        remedy: "give the split a share where data is loaded")
    }
    self.reader = reader
    self.execution = execution
    input = ModelInput(
      dataset.description.steps,
      in: StepContext(
        seed: execution.seed, epoch: epoch, isTraining: isTraining, device: execution.device))
    whole = min((reader.rows + batch - 1) / batch, max(1, reader.rows / least))
    count = min(whole, limit)
    self.first = min(first, count)
    // A split that memory holds with ease stays where it is mapped.
    let isHeld = reader.bytes <= min(Self.memory / 2, Self.heldBytes)
    if isTraining {
      let stream = RandomStream(seed: execution.seed, path: ["order", .init(epoch)])
      order = RowOrder(shuffling: reader.rows, rowBytes: reader.rowBytes, stream) {
        [reader] coming, done in
        guard !isHeld else { return }
        // Windows that memory does not hold would push themselves out.
        if RowOrder.Limits().window <= Self.memory / 4 {
          for rows in coming { reader.announce(rows) }
        }
        for rows in done { reader.release(rows) }
      }
    } else {
      order = RowOrder(sequential: reader.rows)
    }
    // The rows of a batch lie all over the split, or over a window that was announced.
    reader.expect(inOrder: !isTraining || isHeld)
  }

  /// Only how rows are fetched depends on it, and never their order.
  private static var memory: Int { Machine.availableMemory }

  /// The rows of the split.
  package var rows: Int { reader.rows }

  /// Calls `body` with every batch from the first one on, in order, while the next ones are prepared.
  package func forEach(_ body: (Int, Batch) throws -> Void) throws {
    let prefetcher = Prefetcher(count: count - first, depth: depth, queues: queues) { index in
      try makeBatch(first + index)
    }
    defer {
      prefetcher.cancel()
      order.windows?.finish()
    }
    for index in first..<count { try body(index, prefetcher.next()) }
  }

  /// How many batches are ready or in the making: more of small ones, whose making and taking take turns
  /// too short to be even.
  private var depth: Int {
    // Pictures of bytes are floats by then, which are four times as large.
    let rowBytes = max(reader.rowBytes, reader.description.floatBytes)
    let bytes = rowBytes * (reader.rows / max(1, whole) + 1)
    return min(max(2, Self.bytesAhead / max(1, bytes)), 8)
  }

  /// How many batches are made side by side. Where the CPU computes, making them takes its turns.
  private var queues: Int { min(execution.threads, Self.mostQueues) }

  private static let heldBytes = 512 << 20
  private static let bytesAhead = 64 << 20
  private static let mostQueues = 4

  private func makeBatch(_ index: Int) throws -> Batch {
    let range = index * order.count / whole..<(index + 1) * order.count / whole
    let rows = order.rows(range)
    var batch = try input.gather(rows, of: reader)
    if case .range(let rows) = rows { reader.release(rows) }
    batch.inputs = try ModelInput.cast(batch.inputs, isChannelsLast: execution.isChannelsLast)
    return batch
  }
}
