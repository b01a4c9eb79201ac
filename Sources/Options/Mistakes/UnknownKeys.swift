import Diagnostics
package import YAML

/// The keys of a mapping that nothing there knows, with what was most likely meant by each.
struct UnknownKeys {
  private let entries: [Node.Entry]
  private let allowed: [String]
  private let deeper: DeeperKeys
  private(set) var problems: [Diagnostic] = []

  /// The keys that the unknown ones were meant to be, which are not missing therefore.
  private(set) var meant: Set<String> = []

  init(among entries: [Node.Entry], allowed: [String], deeper: DeeperKeys) {
    self.entries = entries
    self.allowed = allowed
    self.deeper = deeper
  }

  mutating func add(_ entry: Node.Entry) {
    var problem = Diagnostic("unknown key '\(entry.key)'", at: entry.keyRange)
    if let remedy = remedy(for: entry) { problem = problem.adding(remedy: remedy) }
    problems.append(
      problem.adding(remedy: "allowed here: \(allowed.sorted().joined(separator: ", "))"))
  }

  private mutating func remedy(for entry: Node.Entry) -> Note? {
    let name = entry.key.kebab
    if allowed.contains("csv"), let choice = ColumnsLeftOut(entry) { return Note(choice.remedy) }
    let meanings = ForeignNames.meanings(of: entry.key)
    if let meaning = ([name] + meanings).first(where: allowed.contains) {
      meant.insert(meaning)
      return .didYouMean(meaning)
    }
    if let place = deeper.place(of: name, beside: entries) {
      return Note("write \(place.written(entry.value.shortText))")
    }
    // A key that is known from elsewhere tells more than a likeness does.
    if let habit = ForeignHabits.remedy(for: entry.key) { return habit }
    if let near = nearestName(to: name, in: allowed) {
      meant.insert(near)
      return .didYouMean(near)
    }
    for meaning in meanings {
      guard let place = deeper.place(of: meaning, beside: entries) else { continue }
      return Note("write \(place.written(entry.value.shortText))")
    }
    return named(by: entry) ?? joined(entry) ?? wrapped(entry)
  }

  /// `trainer: {max_epochs: 3}`, of which some keys belong here.
  private func wrapped(_ entry: Node.Entry) -> Note? {
    let keys = (entry.value.mapping ?? []).compactMap { $0.key.meant(among: allowed) }
    guard !keys.isEmpty else { return nil }
    let shown = keys.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return Note("write \(shown)\(keys.count > 3 ? " …" : "") here, without '\(entry.key)'")
  }

  /// `method: magnitude`, where the choice is a key.
  private func named(by entry: Node.Entry) -> Note? {
    guard entry.names, let choice = entry.value.scalar?.text,
      let place = deeper.place(of: choice.kebab, beside: entries)
    else { return nil }
    return Note("write \(place.written("…"))")
  }

  /// `epochs:3`, where no space follows the `:`, and `epochs = 3`.
  private mutating func joined(_ entry: Node.Entry) -> Note? {
    guard let joined = JoinedKey(entry.key), allowed.contains(joined.key) else { return nil }
    meant.insert(joined.key)
    return Note(joined.remedy)
  }
}

/// A key and its value without a space after the `:`, or with a `=`, which are one text.
package struct JoinedKey {
  package let key: String
  private let value: String
  private let sign: Character

  package init?(_ text: String) {
    guard let index = text.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
    let sign = text[index]
    let sides = [text[..<index], text[text.index(after: index)...]].map { side in
      sign == ":" ? String(side) : side.split(separator: " ").joined(separator: " ")
    }
    self.sign = sign
    (key, value) = (sides[0], sides[1])
    guard !key.isEmpty, !value.isEmpty, !key.contains(" "), !value.hasPrefix("//"),
      !value.hasPrefix("=")
    else { return nil }
  }

  package var remedy: String {
    "write '\(key): \(value)'" + (sign == ":" ? ", with a space after the ':'" : "")
  }
}

extension Node.Entry {
  /// Whether other programs name a choice under such a key.
  package var names: Bool {
    [
      "type", "name", "kind", "class", "class-name", "method", "algorithm", "mode", "strategy",
      "preset", "-target-", "function", "option", "scheme", "rule",
    ].contains(key.kebab)
  }
}

extension Node {
  /// The value on a line, where it is short enough, otherwise `…`.
  package var shortText: String {
    switch content {
    case .scalar(let scalar) where scalar.text.count <= 32 && scalar.style == .plain:
      scalar.text.isEmpty ? "…" : scalar.text
    case .sequence(let elements)
    where elements.count <= 4 && elements.allSatisfy { $0.scalar?.text.count ?? 99 <= 12 }:
      "[" + elements.map(\.shortText).joined(separator: ", ") + "]"
    case .scalar, .sequence, .mapping: "…"
    }
  }
}
