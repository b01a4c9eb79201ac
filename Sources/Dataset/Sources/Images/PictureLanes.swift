internal import Dispatch

/// The threads that decode pictures: each works off batches in their order, and shares every batch with
/// the others picture by picture.
struct PictureLanes {
  private let lanes: [DispatchQueue]

  /// The lane whose turn it is where a batch has too few pictures for all.
  private var next = 0

  init() {
    lanes = (0..<DataEngine.threads).map { DispatchQueue(label: "anneal.pictures.\($0)") }
  }

  /// How many batches of so many pictures keep all lanes at work while one more is taken.
  func batchesAhead(of count: Int) -> Int { max(2, (lanes.count + count - 1) / count) + 1 }

  mutating func start(_ batch: PictureBatch) {
    for _ in 0..<min(batch.count, lanes.count) {
      batch.add(to: lanes[next])
      next = (next + 1) % lanes.count
    }
  }
}
