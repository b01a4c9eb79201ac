import Dispatch
import Synchronization
import Tensor

/// The order of a split that memory may not hold: its blocks are shuffled, and so many of them as make a
/// window have their rows shuffled together.
///
/// While batches are made of a window, the blocks of the next one are announced little by little and its rows
/// are shuffled, on a queue of its own; a window that is done with is let go. What is mapped is two
/// windows at most. Four bytes are held for each row of these two and for each block of the split.
final class RowWindows: Sendable {
  private struct State: Sendable {
    /// The order of each window that batches are made of, or soon will be.
    var orders: [Int: [UInt32]] = [:]
    /// How far batches have come, in steps of windows.
    var progress = -1
  }

  /// What the queue has done so far.
  private struct Done: Sendable {
    /// The next block to be announced, once there is one.
    var announced: Int?
    /// The first block that has not been let go.
    var released = 0
  }

  /// How many times in a window something is done about the next.
  private static let steps = 16

  let parts: WindowParts
  private let announce: RowOrder.Announcement
  private let state = Mutex(State())
  private let done = Mutex(Done())
  private let queue = DispatchQueue(label: "anneal.windows")

  init(_ parts: WindowParts, announce: @escaping RowOrder.Announcement) {
    self.parts = parts
    self.announce = announce
  }

  /// The rows at some places of the order.
  func rows(_ places: Range<Int>) -> [Int64] {
    var rows: [Int64] = []
    rows.reserveCapacity(places.count)
    var window = parts.window(of: places.lowerBound)
    while rows.count < places.count {
      let order = order(of: window)
      let start = parts.start(of: window)
      let end = min(order.count, places.upperBound - start)
      for place in order[places.lowerBound + rows.count - start..<end] {
        rows.append(Int64(parts.row(at: Int(place), of: window)))
      }
      advance(to: window, Self.steps * end / order.count)
      window += 1
    }
    return rows
  }

  /// Lets go of the windows that are left, as no more batches are made.
  func finish() {
    queue.async { [self] in release(before: done.withLock { $0.announced ?? 0 }) }
  }

  /// Waits until what has come up so far is done.
  func settle() { queue.sync {} }

  private func order(of window: Int) -> [UInt32] {
    if let known = state.withLock({ $0.orders[window] }) { return known }
    let order = parts.order(of: window)
    return state.withLock { state in
      // Two may have found it missing; what they make is the same.
      state.orders[window] = order
      return order
    }
  }

  /// Does what is due when batches have come to a step of a window.
  private func advance(to window: Int, _ step: Int) {
    let progress = window * Self.steps + step
    let isNew = state.withLock { state in
      guard progress > state.progress else { return false }
      state.progress = progress
      return true
    }
    guard isNew else { return }
    queue.async { [self] in
      let first = window * parts.perWindow
      let ahead = min(step + 1, Self.steps) * parts.perWindow / Self.steps
      announce(from: first, to: min(first + parts.perWindow + ahead, parts.blocks.count))
      // Batches are made in order, give or take the few that are made side by side.
      guard step > 0 else { return }
      release(before: first)
      state.withLock { state in
        for old in state.orders.keys where old < window { state.orders[old] = nil }
      }
      if step >= Self.steps / 2, window + 1 < parts.windows { _ = order(of: window + 1) }
    }
  }

  private func announce(from first: Int, to end: Int) {
    let coming = done.withLock { done in
      let start = done.announced ?? first
      if done.announced == nil { done.released = first }
      done.announced = max(start, end)
      return start..<max(start, end)
    }
    if !coming.isEmpty { announce(coming.map(parts.rows(ofBlock:)), []) }
  }

  private func release(before end: Int) {
    let gone = done.withLock { done in
      let start = done.released
      done.released = max(start, end)
      return start..<max(start, end)
    }
    if !gone.isEmpty { announce([], gone.map(parts.rows(ofBlock:))) }
  }
}

/// How a split is cut into blocks of rows that follow each other, and these are put into windows at random.
struct WindowParts: Sendable {
  /// The rows of the split.
  let count: Int
  /// The rows of a block; the split's last one may have fewer.
  let size: Int
  /// The blocks of a window; the last one may have fewer.
  let perWindow: Int
  /// The blocks by their numbers, in the order in which windows take them.
  let blocks: [UInt32]
  private let stream: RandomStream
  /// Where among `blocks` the split's last one is, and how many rows it lacks.
  private let last: (place: Int, lack: Int)

  /// - Parameter size: Of a block, in rows; there are no more than 2³² blocks.
  init(_ count: Int, size: Int, perWindow: Int, _ stream: RandomStream) {
    self.count = count
    self.size = size
    self.perWindow = perWindow
    var stream = stream
    let blocks = stream.compactPermutation((count + size - 1) / size)
    self.blocks = blocks
    self.stream = stream
    let place = blocks.firstIndex(of: UInt32(blocks.count - 1)) ?? 0
    last = (place, blocks.count * size - count)
  }

  var windows: Int { (blocks.count + perWindow - 1) / perWindow }

  /// The place of a window's first row; of the window after the last one, the number of rows.
  func start(of window: Int) -> Int {
    let first = min(window * perWindow, blocks.count)
    return first * size - (first > last.place ? last.lack : 0)
  }

  /// The window that the row at a place belongs to.
  func window(of place: Int) -> Int {
    let guess = min(place / (perWindow * size), windows - 1)
    // A block with fewer rows moves what follows it to the front.
    return guess + 1 < windows && start(of: guess + 1) <= place ? guess + 1 : guess
  }

  /// The shuffled places of a window's rows, counted from the window's first.
  func order(of window: Int) -> [UInt32] {
    var stream = stream.child(.init(window))
    return stream.compactPermutation(start(of: window + 1) - start(of: window))
  }

  /// The row at a place of a window before its rows are shuffled.
  func row(at place: Int, of window: Int) -> Int {
    let first = window * perWindow
    let lies = (last.place - first + 1) * size - last.lack
    let place = last.place >= first && place >= lies ? place + last.lack : place
    return Int(blocks[first + place / size]) * size + place % size
  }

  /// The rows of the block at a place among `blocks`.
  func rows(ofBlock place: Int) -> Range<Int> {
    let first = Int(blocks[place]) * size
    return first..<min(first + size, count)
  }
}
