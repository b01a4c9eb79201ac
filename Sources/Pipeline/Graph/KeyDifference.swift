package import YAML

/// The first thing by which the ingredients of two keys differ.
package struct KeyDifference: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    case kind, precision, numerics, seed, revision
    /// A setting by its path, such as `train.epochs`.
    case setting(String)
    /// A file by its path relative to the pipeline.
    case file(String)
    /// The artifacts that fill a role.
    case input(InputDifference)
  }

  package let subject: Subject

  /// The values or digests before and after; `nil` where there is none.
  package let old: Value?
  package let new: Value?

  /// - Returns: `nil` when nothing differs.
  package init?(from old: KeyIngredients, to new: KeyIngredients) {
    let kind = new.values["kind"]?.string ?? "settings"
    for part in Self.order {
      let before = old.values[part]
      let after = new.values[part]
      guard before ?? .null != after ?? .null else { continue }
      switch part {
      case "settings": self = Self.setting(before, after, at: kind)
      case "files": self = Self.member(before, after) { .file($0) }
      case "inputs": self = Self.input(from: old, to: new)
      case "kind": self.init(.kind, before, after)
      case "precision": self.init(.precision, before, after)
      case "numerics":
        let native = Value.string(NumericsMode.native.rawValue)
        self.init(.numerics, before ?? native, after ?? native)
      // A stage's own seed is made of the pipeline's and tells people nothing.
      case "seed":
        self.init(.seed, old.pipelineSeed.map { .int($0) }, new.pipelineSeed.map { .int($0) })
      default: self.init(.revision, before, after)
      }
      return
    }
    return nil
  }

  private init(_ subject: Subject, _ old: Value?, _ new: Value?) {
    self.subject = subject
    self.old = old
    self.new = new
  }

  /// The parts of a key in the order in which people want to hear of them.
  private static let order = [
    "kind", "settings", "precision", "numerics", "seed", "files", "inputs", "revision",
  ]

  /// The first difference within settings, with the path that leads there.
  private static func setting(_ old: Value?, _ new: Value?, at path: String) -> KeyDifference {
    if case .object(let before) = old, case .object(let after) = new {
      let keys = Set(before.keys).union(after.keys).sorted()
      if let key = keys.first(where: { before[$0] != after[$0] }) {
        return setting(before[key], after[key], at: "\(path).\(key)")
      }
    }
    if case .array(let before) = old, case .array(let after) = new, before.count == after.count,
      let index = before.indices.first(where: { before[$0] != after[$0] })
    {
      return setting(before[index], after[index], at: "\(path).\(index)")
    }
    return KeyDifference(.setting(path), old, new)
  }

  private static func member(
    _ old: Value?, _ new: Value?, subject: (String) -> Subject
  ) -> KeyDifference {
    let name = firstDifferent(old, new)
    return KeyDifference(subject(name), old?[name], new?[name])
  }

  private static func input(from old: KeyIngredients, to new: KeyIngredients) -> KeyDifference {
    let before = old.values["inputs"]
    let after = new.values["inputs"]
    let role = firstDifferent(before, after)
    let difference = InputDifference(
      role: role, from: before?[role], old.sources[role], to: after?[role], new.sources[role])
    return KeyDifference(.input(difference), before?[role], after?[role])
  }

  private static func firstDifferent(_ old: Value?, _ new: Value?) -> String {
    let before = old?.object ?? [:]
    let after = new?.object ?? [:]
    let names = Set(before.keys).union(after.keys).sorted()
    return names.first { before[$0] != after[$0] } ?? ""
  }
}

extension KeyDifference: CustomStringConvertible {
  /// Such as `train.epochs 10 → 12`, or `the file 'data/digits.csv.gz' has other content`.
  package var description: String {
    switch subject {
    case .kind: change(of: "kind")
    case .precision: change(of: "precision")
    case .numerics: change(of: "numerics")
    case .seed:
      old == nil || new == nil ? "the pipeline has another seed" : change(of: "the pipeline's seed")
    case .setting(let path): change(of: path)
    case .file(let name): fileChange(name)
    case .input(let difference): difference.description
    case .revision:
      "the stage's own code (revision \(Self.shown(old)) → \(Self.shown(new)))"
    }
  }

  /// The difference for programs to read.
  package var value: Value {
    let (what, name): (Value, String?) =
      switch subject {
      case .kind: ("kind", nil)
      case .precision: ("precision", nil)
      case .numerics: ("numerics", nil)
      case .seed: ("seed", nil)
      case .revision: ("revision", nil)
      case .setting(let path): ("setting", path)
      case .file(let name): ("file", name)
      case .input(let difference): ("input", difference.name)
      }
    var value: Value = ["what": what, "old": old ?? .null, "new": new ?? .null]
    value["name"] = name.map { .string($0) }
    return value
  }

  private func change(of name: String) -> String {
    "\(name) \(Self.shown(old)) → \(Self.shown(new))"
  }

  private func fileChange(_ name: String) -> String {
    if old == nil { return "the file '\(name)' is new" }
    if new == nil { return "the file '\(name)' is gone" }
    return "the file '\(name)' has other content"
  }

  private static func shown(_ value: Value?) -> String {
    guard let value else { return "unset" }
    let text = value.string ?? value.canonicalJSON
    return text.count > 40 ? text.prefix(40) + "…" : text
  }
}
