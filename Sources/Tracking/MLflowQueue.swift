/// What waits to be told to a server, in turn.
///
/// Figures that follow others of the same run are sent with them, so that a server that is slow gets fewer
/// requests and not more and more that wait.
struct MLflowQueue {
  /// As many figures go in one request; the server takes 1000.
  static let mostFigures = 500

  private var waiting: [(item: MLflowItem, additions: Int)] = []
  /// Where the first stands; what is before it has been sent.
  private var head = 0

  /// How many items were added and wait, also those that are sent with others.
  private(set) var count = 0

  /// What is sent next, or is being sent; nothing is added to it any more.
  var first: MLflowItem? { items.first }

  var isEmpty: Bool { head == waiting.count }

  /// What is sent by one request or more each.
  var items: some Collection<MLflowItem> { waiting[head...].lazy.map(\.item) }

  mutating func append(_ item: MLflowItem) {
    count += 1
    let last = waiting.count - 1
    if case .metrics(let key, let figures) = item, last > head,
      case .metrics(key, let earlier) = waiting[last].item,
      earlier.count + figures.count <= Self.mostFigures
    {
      waiting[last].item = .metrics(key: key, earlier + figures)
      waiting[last].additions += 1
    } else {
      waiting.append((item, 1))
    }
  }

  mutating func removeFirst() {
    count -= waiting[head].additions
    head += 1
    // Half of the array at a time, so that each item is moved once or so.
    if head * 2 >= waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
  }
}
