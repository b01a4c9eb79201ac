internal import Dispatch

/// The threads that decode pictures: each works off batches in their order, and shares every batch with
/// the others picture by picture.
struct PictureLanes {
  private let lanes: [DispatchQueue]

  init() {
    lanes = (0..<DataEngine.threads).map { DispatchQueue(label: "anneal.pictures.\($0)") }
  }

  func start(_ batch: PictureBatch) {
    // A lane without a picture to decode is not worth its waking.
    for lane in lanes.prefix(batch.count) { batch.add(to: lane) }
  }
}
