import Diagnostics
import YAML

/// Values within `{ }` that a `,` cut in two, so that the rest is a key: `{learning-rate: 0,01}`.
struct SplitValues {
  private(set) var problems: [Diagnostic] = []

  /// The positions of the entries that such values were cut into.
  private(set) var covered: Set<Int> = []

  /// - Parameters:
  ///   - isKey: whether a name is a key here, or nearly.
  ///   - takesList: whether a list may stand under a key.
  init(_ entries: [Node.Entry], isKey: (String) -> Bool, takesList: (String) -> Bool) {
    var index = 0
    while index < entries.count {
      let start = index
      index += 1
      guard isKey(entries[start].key), let scalar = entries[start].value.scalar,
        scalar.style == .plain, !scalar.text.isEmpty
      else { continue }
      while index < entries.count, !isKey(entries[index].key),
        Self.isRest(entries[index], after: entries[index - 1])
      {
        index += 1
      }
      guard index > start + 1 else { continue }
      covered.formUnion(start..<index)
      let rest = entries[(start + 1)..<index].map(\.key)
      problems.append(
        Self.problem(entries[start], scalar.text, rest, takesList(entries[start].key)))
    }
  }

  /// Whether an entry is a bare word right behind the `,` that ends the one before.
  private static func isRest(_ entry: Node.Entry, after before: Node.Entry) -> Bool {
    guard entry.value.isNull, entry.value.scalar?.text.isEmpty == true else { return false }
    let isFirst = before.value.scalar?.text.isEmpty == false
    let last = isFirst ? before.value.range : before.keyRange
    let gap = entry.keyRange.start.column - (last.start.column + last.length)
    return entry.keyRange.start.line == last.start.line && (1...3).contains(gap)
  }

  private static func problem(
    _ entry: Node.Entry, _ value: String, _ rest: [String], _ takesList: Bool
  ) -> Diagnostic {
    let whole = ([value] + rest).joined(
      separator: rest.count == 1 && isNumber(rest[0]) ? "," : ", ")
    var range = entry.value.range
    range.length = max(range.length, whole.unicodeScalars.count)
    return Diagnostic(
      "within { } a ',' ends the value of '\(entry.key)', which is '\(value)' here", at: range,
      remedy: "write \(meant(value, rest, whole, takesList))")
  }

  private static func meant(
    _ value: String, _ rest: [String], _ whole: String, _ takesList: Bool
  ) -> String {
    let isTuple = value.first == "(" && rest.last?.last == ")"
    let areWords = ([value] + rest).allSatisfy { !$0.contains(" ") }
    if isTuple || (takesList && areWords), let list = ListSlip.list(from: whole) { return list }
    if rest.count == 1, isNumber(value), isNumber(rest[0]) {
      let isGrouped = rest[0].count == 3 && value != "0" && value.count <= 3
      return isGrouped ? value + rest[0] : "\(value).\(rest[0])"
    }
    return "the text in quotes: '\(whole.replacing("'", with: "''"))'"
  }

  private static func isNumber(_ text: String) -> Bool { NumberSlip.isDigits(text) }
}
