/// The variables that are being filled in, each because the one before refers to it.
struct VariableChain {
  /// Longer chains are refused, because following them is recursive.
  static let longest = 64

  private var open: [(name: String, length: Int)] = []
  private var positions: [String: Int] = [:]

  /// The length of the longest chain that begins at a variable which is filled in.
  private var lengths: [String: Int] = [:]

  var last: String? { open.last?.name }

  /// The open variables from one on, if it is open.
  func cycle(closedBy name: String) -> [String]? {
    positions[name].map { start in open[start...].map(\.name) }
  }

  /// Whether the chain does not get too long by a variable and those that it refers to; independent of
  /// which of them was filled in first.
  mutating func reaches(_ name: String) -> Bool {
    let length = lengths[name] ?? 1
    guard open.count + length <= Self.longest else { return false }
    extend(by: length)
    return true
  }

  mutating func begin(_ name: String) {
    positions[name] = open.count
    open.append((name, 1))
  }

  mutating func end() {
    let (name, length) = open.removeLast()
    positions[name] = nil
    lengths[name] = length
    extend(by: length)
  }

  private mutating func extend(by length: Int) {
    guard let last = open.indices.last else { return }
    open[last].length = max(open[last].length, length + 1)
  }
}
