/// How two values of plain data differ, member by member.
package struct ValueComparison {
  private let old: Value
  private let new: Value

  package static let mostNamed = 10

  package init(_ old: Value, _ new: Value) {
    self.old = old
    self.new = new
  }

  /// Such as `validation.accuracy 0.98 → 0.97 (by -0.01)`; the first ten, and how many more.
  package var sentences: [String] {
    let all = Self.differences(old, new, at: "")
    guard all.count > Self.mostNamed else { return all }
    return Array(all.prefix(Self.mostNamed)) + ["and \(all.count - Self.mostNamed) more"]
  }

  private static func differences(_ old: Value?, _ new: Value?, at path: String) -> [String] {
    if old == new { return [] }
    switch (old, new) {
    case (.object(let before), .object(let after)):
      return Set(before.keys).union(after.keys).sorted().flatMap { key in
        differences(before[key], after[key], at: path.isEmpty ? key : "\(path).\(key)")
      }
    case (.array(let before), .array(let after)) where before.count == after.count:
      return zip(before, after).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: "\(path)[\(index)]")
      }
    default:
      let name = path.isEmpty ? "the whole" : path
      var text = "\(name) \(short(old)) → \(short(new))"
      if let before = old?.double, let after = new?.double { text += " (by \(after - before))" }
      return [text]
    }
  }

  private static func short(_ value: Value?) -> String {
    guard let value else { return "nothing" }
    let text = value.string ?? value.canonicalJSON
    return text.count > 60 ? text.prefix(57) + "…" : text
  }
}
