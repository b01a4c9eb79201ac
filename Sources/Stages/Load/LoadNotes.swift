internal import Artifacts
internal import Dataset
internal import Synchronization

/// What is noted of the rows that are loaded, on a queue of its own where there are threads for it: rows are
/// counted and hashed while the next ones are made.
final class LoadNotes: Sendable {
  /// What the rows so far show.
  struct Contents {
    var tally: LoadTally
    var duplicates: DuplicateTally
    var profiler: DatasetProfiler
  }

  private let contents: Mutex<Contents>
  private let queue: BackgroundQueue

  /// - Parameters:
  ///   - rows: How many will come.
  ///   - folder: Where files may be made until the notes are read.
  init(_ features: [Feature], _ target: Target?, rows: Int, threads: Int, in folder: String) {
    contents = Mutex(
      Contents(
        tally: LoadTally(features, target), duplicates: DuplicateTally(in: folder),
        profiler: DatasetProfiler(features, target, rows: rows)))
    queue = BackgroundQueue(
      "anneal.load.notes", isConcurrent: threads > 1, mostBytes: DataEngine.waitingBytes)
  }

  /// - Parameter places: The places of each split's rows, which are all rows of the block.
  func add(_ block: Block, _ places: [(split: SplitName, rows: [Int])]) {
    queue.add(bytes: block.byteCount) {
      self.contents.withLock { contents in
        contents.tally.add(block, places)
        contents.duplicates.add(block, places)
        contents.profiler.add(block)
      }
    }
  }

  /// What all the rows show.
  func finished() -> Contents {
    queue.wait()
    return contents.withLock { $0 }
  }
}
