/// How far a training had come when its state was kept.
struct CheckpointPlace: Comparable, CustomStringConvertible {
  /// The epochs that were done.
  let epochs: Int
  /// The batches that were done of the next one.
  let batches: Int

  init(_ progress: TrainingProgress) {
    epochs = progress.epochs
    batches = progress.open?.batches ?? 0
  }

  /// Reads what `fileName` writes.
  init?(fileName: Substring) {
    let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
    guard let epochs = Int(parts[0]), parts.count <= 2 else { return nil }
    self.epochs = epochs
    guard parts.count == 2 else {
      batches = 0
      return
    }
    guard let batches = Int(parts[1]) else { return nil }
    self.batches = batches
  }

  /// As part of a file's name: `3` after three epochs, `3.120` after 120 batches more.
  var fileName: String { batches == 0 ? "\(epochs)" : "\(epochs).\(batches)" }

  var description: String {
    batches == 0 ? "epoch \(epochs)" : "batch \(batches) of epoch \(epochs + 1)"
  }

  static func < (left: Self, right: Self) -> Bool {
    (left.epochs, left.batches) < (right.epochs, right.batches)
  }
}
