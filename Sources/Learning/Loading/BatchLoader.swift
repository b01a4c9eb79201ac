package import Dataset
import Diagnostics
import Tensor

/// The batches of one split for one epoch, prepared ahead on a queue of their own.
///
/// All batches have the same number of rows give or take one, so that none is too small for the
/// statistics of a batch norm. In training the rows come in an order that depends on the seed and
/// the epoch alone; otherwise in the order of the split.
package struct BatchLoader: Sendable {
  private let reader: SplitReader
  private let execution: Execution
  private let input: ModelInput
  private let order: [Int]
  /// The number of batches that the whole split makes.
  private let whole: Int
  /// The number of batches to be had.
  package let count: Int

  /// - Parameters:
  ///   - batch: The most rows in a batch, but for `least`.
  ///   - least: The fewest rows in a batch, as far as the split has them; batches grow beyond
  ///     `batch` rather than fall below it.
  ///   - epoch: The pass over the split, from 0.
  ///   - isTraining: Whether rows are shuffled and augmented.
  ///   - limit: The most batches to make.
  package init(
    _ dataset: Dataset, _ split: SplitName, batch: Int, least: Int = 1, epoch: Int = 0,
    isTraining: Bool, limit: Int = .max, execution: Execution
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
    if isTraining {
      var stream = RandomStream(seed: execution.seed, path: ["order", .init(epoch)])
      order = stream.permutation(reader.rows)
    } else {
      order = Array(0..<reader.rows)
    }
  }

  /// The rows of the split.
  package var rows: Int { reader.rows }

  /// Calls `body` with every batch in order while the next ones are prepared.
  package func forEach(_ body: (Int, Batch) throws -> Void) throws {
    let prefetcher = Prefetcher(count: count, depth: 2) { index in try makeBatch(index) }
    defer { prefetcher.cancel() }
    for index in 0..<count { try body(index, prefetcher.next()) }
  }

  private func makeBatch(_ index: Int) throws -> Batch {
    let range = index * order.count / whole..<(index + 1) * order.count / whole
    var batch = try input.gather(Array(order[range]), of: reader)
    batch.inputs = try ModelInput.cast(batch.inputs, isChannelsLast: execution.isChannelsLast)
    return batch
  }
}
