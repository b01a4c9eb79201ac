package import YAML

/// The first thing by which the ingredients of two keys differ, in words.
package struct KeyDifference: Hashable, Sendable, CustomStringConvertible {
  /// Such as `epochs 10 → 12`, or `the content of data/digits.csv.gz`.
  package let description: String

  /// - Parameter kind: the kind of the stage, under which the settings stand.
  /// - Returns: `nil` when nothing differs.
  package init?(from old: Value, to new: Value) {
    let order = [
      "kind", "settings", "precision", "numerics", "seed", "files", "inputs", "revision",
    ]
    let kind = new["kind"]?.string ?? "settings"
    for part in order {
      let before = old[part] ?? .null
      let after = new[part] ?? .null
      guard before != after else { continue }
      switch part {
      case "settings": description = Self.change(before, after, at: kind)
      case "files": description = Self.member(before, after, noun: "file")
      case "inputs": description = Self.member(before, after, noun: "input")
      case "revision": description = "the stage's own code (revision \(before) → \(after))"
      default: description = "\(part) \(Self.shown(before)) → \(Self.shown(after))"
      }
      return
    }
    return nil
  }

  /// The first difference within settings, with the path that leads there.
  private static func change(_ old: Value, _ new: Value, at path: String) -> String {
    if case .object(let before) = old, case .object(let after) = new {
      let keys = Set(before.keys).union(after.keys).sorted()
      if let key = keys.first(where: { before[$0] != after[$0] }) {
        return change(before[key] ?? .null, after[key] ?? .null, at: "\(path).\(key)")
      }
    }
    if case .array(let before) = old, case .array(let after) = new, before.count == after.count,
      let index = before.indices.first(where: { before[$0] != after[$0] })
    {
      return change(before[index], after[index], at: "\(path).\(index)")
    }
    return "\(path) \(shown(old)) → \(shown(new))"
  }

  private static func member(_ old: Value, _ new: Value, noun: String) -> String {
    let before = old.object ?? [:]
    let after = new.object ?? [:]
    let names = Set(before.keys).union(after.keys).sorted()
    let name = names.first { before[$0] != after[$0] } ?? ""
    if before[name] == nil { return "the \(noun) '\(name)' is new" }
    if after[name] == nil { return "the \(noun) '\(name)' is gone" }
    return "the \(noun) '\(name)' has other content"
  }

  private static func shown(_ value: Value) -> String {
    let text = value.string ?? value.canonicalJSON
    return text.count > 40 ? text.prefix(40) + "…" : text
  }
}
