/// Whole numbers of which most follow one another, or repeat one another: row ids, or the file of each row. A
/// list takes as much memory as it has such runs, whatever their length.
package struct SteppedList: Sendable {
  private struct Run {
    /// The place of its first number in the list.
    var start: Int
    var first: Int64
    /// From one number to the next: 0 or 1.
    var step: Int64

    func element(at place: Int) -> Int64 {
      first &+ step &* Int64(place - start)
    }
  }

  private var runs: [Run] = []

  /// The numbers themselves, where runs are too short to be worth it.
  private var plain: [Int64]?
  package private(set) var count = 0

  package init() {}

  package init(_ elements: some Sequence<Int64>) {
    for element in elements { append(element) }
  }

  package mutating func append(_ element: Int64) {
    if plain != nil {
      plain?.append(element)
    } else if !extendLastRun(by: element) {
      runs.append(Run(start: count, first: element, step: 0))
    }
    count += 1
    guard plain == nil, runs.count * 8 > count + 64 else { return }
    plain = Array(self)
    runs = []
  }

  /// Whether a number goes on as the last run does.
  private mutating func extendLastRun(by element: Int64) -> Bool {
    guard let last = runs.last else { return false }
    guard count == last.start + 1 else { return element == last.element(at: count) }
    let step = element &- last.first
    guard step == 0 || step == 1 else { return false }
    runs[runs.count - 1].step = step
    return true
  }

  /// Appends numbers that follow one another.
  package mutating func append(contentsOf elements: Range<Int64>) {
    guard let first = elements.first else { return }
    append(first)
    guard elements.count > 1 else { return }
    append(first + 1)
    guard plain == nil, let last = runs.last, last.step == 1 else {
      for element in elements.dropFirst(2) { append(element) }
      return
    }
    count += elements.count - 2
  }

  /// The numbers that there are, ascending.
  package var different: [Int64] {
    if let plain { return Set(plain).sorted() }
    var different: Set<Int64> = []
    for (run, end) in zip(runs, runs.dropFirst().map(\.start) + [count]) {
      let steps = run.step == 0 ? 1 : end - run.start
      for step in 0..<steps { different.insert(run.first &+ Int64(step)) }
    }
    return different.sorted()
  }

  /// Whether each number is its own place, counted from 0.
  package var isCounting: Bool {
    guard plain == nil, let run = runs.first else { return count == 0 }
    return runs.count == 1 && run.first == 0 && (run.step == 1 || count == 1)
  }

  /// Appends a number so many times.
  package mutating func append(repeating element: Int64, count times: Int) {
    guard times > 0 else { return }
    append(element)
    guard times > 1 else { return }
    append(element)
    guard plain == nil, let last = runs.last, last.step == 0 else {
      for _ in 2..<Swift.max(2, times) { append(element) }
      return
    }
    count += times - 2
  }
}

extension SteppedList: RandomAccessCollection {
  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(place: Int) -> Int64 {
    precondition(place >= 0 && place < count, "a place beyond the list")
    if let plain { return plain[place] }
    if runs.count == 1 { return runs[0].element(at: place) }
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].start <= place { low = middle } else { high = middle }
    }
    return runs[low].element(at: place)
  }
}

extension SteppedList: Equatable {
  package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

extension SteppedList: ExpressibleByArrayLiteral {
  package init(arrayLiteral elements: Int64...) { self.init(elements) }
}
