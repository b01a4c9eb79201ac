import Dataset
import Tensor

/// The order in which an epoch takes the rows of a split.
///
/// The order of a training follows from the seed and the epoch alone, and never from the machine or from the
/// memory that a run may have: a result is to be had again anywhere. So its limits are fixed.
///
/// A split that any run can hold is shuffled as a whole; four bytes are kept for each row. A larger one is
/// shuffled in windows, because rows from anywhere in it would each be a wait for the disk: it is cut into blocks
/// of rows that follow each other, the blocks are shuffled, and so many of them as make a window have their
/// rows shuffled together. Two windows fit beside the libraries of a training where a run may have 384 MiB. A
/// batch has rows of 512 places of the split, or of as many as it has rows: of rows sorted by two equally
/// frequent classes, a window's shares stray from a half by 0.02.
final class RowOrder: Sendable {
  /// How large splits are that are shuffled in windows, and how large these and their blocks.
  struct Limits {
    /// The most bytes of a split that is shuffled as a whole.
    var bytes = SplitReader.keptBytes
    /// The most rows of one.
    var rows = 1 << 23
    /// The most bytes of a window.
    var window = 64 << 20
    /// The most rows of a window, of which the order is held.
    var rowsPerWindow = 1 << 20
    /// The bytes of a block. Smaller ones mix rows better; but of each column whole pages are read, one more
    /// for each block than its rows fill.
    var block = 128 << 10
  }

  private enum Kind: Sendable {
    case sequential
    case whole([UInt32])
    case windows(RowWindows)
  }

  /// Told which rows the batches to come are made of, and which they are no longer made of, on a queue that no
  /// batch waits for.
  typealias Announcement = @Sendable (_ coming: [Range<Int>], _ done: [Range<Int>]) -> Void

  let count: Int

  /// The windows of a split that is too large to be shuffled as a whole.
  var windows: RowWindows? { if case .windows(let windows) = kind { windows } else { nil } }

  private let kind: Kind

  /// Rows as they lie.
  init(sequential count: Int) {
    self.count = count
    kind = .sequential
  }

  /// Rows in a random order.
  ///
  /// - Parameter rowBytes: The bytes of a row as it is stored.
  init(
    shuffling count: Int, rowBytes: Int, _ stream: RandomStream, limits: Limits = Limits(),
    announce: @escaping Announcement = { _, _ in }
  ) {
    self.count = count
    let rowBytes = max(1, rowBytes)
    if count <= limits.rows, count <= limits.bytes / rowBytes {
      var stream = stream
      kind = .whole(stream.compactPermutation(count))
      return
    }
    let size = max(1, min(limits.block / rowBytes, limits.rowsPerWindow / 16))
    let perWindow = max(1, min(limits.window / rowBytes, limits.rowsPerWindow) / size)
    kind = .windows(
      RowWindows(
        WindowParts(count, size: size, perWindow: perWindow, stream), announce: announce))
  }

  /// The rows at some places of the order.
  func rows(_ places: Range<Int>) -> RowSelection {
    switch kind {
    case .sequential: .range(places)
    case .whole(let order): .positions(order[places].map(Int64.init))
    case .windows(let windows): .positions(windows.rows(places))
    }
  }
}
