/// Decisions about one topic with their reasons, each once with the stages that it is for.
struct ReasonList {
  private struct Entry {
    let decision: String
    let reason: String
    var addresses: [String]
  }

  private struct Words: Hashable {
    let decision: String
    let reason: String
  }

  private var entries: [Entry] = []
  private var positions: [Words: Int] = [:]
  private var last: Int?

  mutating func add(_ decision: String, _ reason: String, _ address: String) {
    // Most stages are decided upon like the one before.
    if let last, entries[last].decision == decision, entries[last].reason == reason {
      return entries[last].addresses.append(address)
    }
    let words = Words(decision: decision, reason: reason)
    let position = positions[words] ?? entries.count
    if position == entries.count {
      entries.append(Entry(decision: decision, reason: reason, addresses: []))
      positions[words] = position
    }
    entries[position].addresses.append(address)
    last = position
  }

  /// A line for each decision, in the order of their first stages.
  ///
  /// - Parameter count: how many stages there are.
  func lines(ofAll count: Int) -> [String] {
    entries.map { entry in
      let isForAll = entry.addresses.count == count && count > 1
      let stages = isForAll ? "all stages" : entry.addresses.joined(separator: ", ")
      return "\(entry.decision): \(entry.reason.onOneLine) (\(stages))"
    }
  }
}
