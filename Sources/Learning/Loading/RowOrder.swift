import Dataset
import Synchronization
import Tensor

/// The order in which an epoch takes the rows of a split.
///
/// The order of a training follows from the seed and the epoch alone, and never from the machine. A split
/// that page caches hold is shuffled as a whole. A larger one is shuffled in windows, because rows from
/// anywhere in it would each be a wait for the disk: the split is cut into blocks of rows that follow each
/// other, the blocks are shuffled, and so many of them as make a window have their rows shuffled together.
/// A batch then has rows of several hundred places of the split.
final class RowOrder: Sendable {
  /// How large splits are that are shuffled in windows, and how large these and their blocks.
  struct Limits {
    var bytes = 512 << 20
    var rows = 1 << 24
    var window = 256 << 20
    var rowsPerWindow = 1 << 22
    var block = 512 << 10
  }

  private enum Kind: Sendable {
    case sequential
    case whole([Int64])
    case windows(Windows)
  }

  private struct Windows: Sendable {
    /// The first row of each block, in the order in which windows take blocks.
    let blocks: [Int]
    /// The rows of a block; the split's last one may have fewer.
    let size: Int
    let perWindow: Int
    let stream: RandomStream
    /// The place of each window's first row.
    let starts: [Int]
  }

  /// Told which rows the batches to come are made of, and which they are no longer made of.
  typealias Announcement = @Sendable (_ coming: [Range<Int>], _ done: [Range<Int>]) -> Void

  let count: Int

  /// Whether the rows of a batch lie all over the split, or over a window that was announced.
  var isShuffled: Bool { if case .sequential = kind { false } else { true } }

  /// Whether the split is too large to be shuffled as a whole.
  var isWindowed: Bool { if case .windows = kind { true } else { false } }

  private let kind: Kind
  private let announce: Announcement

  /// The rows of the windows that batches were last made of.
  private let recent = Mutex<[Int: [Int64]]>([:])

  /// Rows as they lie.
  init(sequential count: Int) {
    self.count = count
    kind = .sequential
    announce = { _, _ in }
  }

  /// Rows in a random order.
  ///
  /// - Parameter rowBytes: The bytes of a row as it is stored.
  init(
    shuffling count: Int, rowBytes: Int, _ stream: RandomStream, limits: Limits = Limits(),
    announce: @escaping Announcement = { _, _ in }
  ) {
    self.count = count
    self.announce = announce
    var stream = stream
    guard count > limits.rows || count > limits.bytes / max(1, rowBytes) else {
      kind = .whole(stream.permutation(count).map(Int64.init))
      return
    }
    let size = max(1, min(limits.block / max(1, rowBytes), limits.rowsPerWindow / 16))
    let perWindow = max(1, min(limits.window / max(1, rowBytes), limits.rowsPerWindow) / size)
    let blocks = stream.permutation((count + size - 1) / size).map { $0 * size }
    var starts: [Int] = []
    var place = 0
    for (index, first) in blocks.enumerated() {
      if index % perWindow == 0 { starts.append(place) }
      place += min(size, count - first)
    }
    kind = .windows(
      Windows(blocks: blocks, size: size, perWindow: perWindow, stream: stream, starts: starts))
  }

  /// The rows at some places of the order.
  func rows(_ places: Range<Int>) -> RowSelection {
    switch kind {
    case .sequential: return .range(places)
    case .whole(let order): return .positions(Array(order[places]))
    case .windows(let windows):
      var rows: [Int64] = []
      rows.reserveCapacity(places.count)
      var index = (windows.starts.firstIndex { $0 > places.lowerBound } ?? windows.starts.count) - 1
      while rows.count < places.count {
        let order = order(of: index, windows)
        let first = places.lowerBound + rows.count - windows.starts[index]
        rows += order[first..<min(order.count, first + places.count - rows.count)]
        index += 1
      }
      return .positions(rows)
    }
  }

  /// The shuffled rows of a window.
  private func order(of index: Int, _ windows: Windows) -> [Int64] {
    recent.withLock { recent in
      if let known = recent[index] { return known }
      // Batches are made in order, give or take the few that are made side by side.
      for old in recent.keys where old + 1 < index {
        recent[old] = nil
        announce([], blocks(of: old, windows))
      }
      let blocks = blocks(of: index, windows)
      announce(blocks, [])
      var rows = blocks.flatMap { $0.lazy.map(Int64.init) }
      var stream = windows.stream.child(.init(index))
      stream.shuffle(&rows)
      recent[index] = rows
      return rows
    }
  }

  private func blocks(of index: Int, _ windows: Windows) -> [Range<Int>] {
    let first = index * windows.perWindow
    return windows.blocks[first..<min(first + windows.perWindow, windows.blocks.count)].map {
      $0..<min($0 + windows.size, count)
    }
  }
}
