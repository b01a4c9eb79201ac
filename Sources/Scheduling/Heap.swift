/// A binary heap: its smallest element is at hand, adding and removing take logarithmic time.
struct Heap<Element: Comparable & Sendable>: Sendable {
  private var elements: [Element] = []

  /// The smallest element.
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    var child = elements.count
    elements.append(element)
    while child > 0 {
      let parent = (child - 1) / 2
      guard elements[child] < elements[parent] else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes and returns the smallest element.
  mutating func popFirst() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var parent = 0
    while true {
      let smallest = [2 * parent + 1, 2 * parent + 2].filter { $0 < elements.count }
        .min { elements[$0] < elements[$1] }
      guard let smallest, elements[smallest] < elements[parent] else { return first }
      elements.swapAt(smallest, parent)
      parent = smallest
    }
  }
}
