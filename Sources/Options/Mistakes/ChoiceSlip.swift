import Diagnostics
import YAML

/// A mapping that stands in place of a choice and is not one name with its settings, and what was most
/// likely meant by it.
struct ChoiceSlip {
  private let entries: [Node.Entry]
  private let cases: [Schema.Case]

  init(_ entries: [Node.Entry], cases: [Schema.Case]) {
    self.entries = entries
    self.cases = cases
  }

  func problem(at range: SourceRange) -> Diagnostic? {
    named ?? underindented ?? outside ?? several ?? unnamed(at: range)
  }

  /// `{type: mlp, hidden: [8]}`.
  private var named: Diagnostic? {
    guard let naming = entries.first(where: \.names), self[naming.key] == nil,
      let text = naming.value.scalar?.text
    else { return nil }
    let names = cases.map(\.name)
    guard
      let found = (text.meant(among: names) ?? text.className.meant(among: names))
        .flatMap({ self[$0] })
    else {
      guard entries.count > 1, !entries.contains(where: { self[$0.key] != nil }) else { return nil }
      return .unknownName(text, at: naming.value.range, allowed: names)
    }
    let others = entries.filter { $0.key != naming.key }
    return Diagnostic(
      "what is chosen is a key itself, and no value of '\(naming.key)'", at: naming.keyRange,
      remedy: "write \(written(found, others))")
  }

  /// `mlp:` and, on a line of the same depth, `hidden: [8]`.
  private var underindented: Diagnostic? {
    let chosen = entries.filter { self[$0.key] != nil }
    let others = entries.filter { self[$0.key] == nil || !isEmpty($0.value) }
    guard let entry = chosen.first(where: { isEmpty($0.value) }), let found = self[entry.key],
      let first = others.first(where: { $0.key != entry.key }),
      others.allSatisfy({ $0.key == entry.key || keys(of: found).contains($0.key) })
    else { return nil }
    return Diagnostic(
      "'\(first.key)' belongs under '\(entry.key)'", at: first.keyRange,
      remedy: first.keyRange.start.line > entry.keyRange.start.line
        ? "indent it further than '\(entry.key)'" : "write \(written(found, [first]))")
  }

  /// `mlp: {…}` and, beside it, `dropout: 0.1`.
  private var outside: Diagnostic? {
    guard let entry = entries.first(where: { self[$0.key] != nil }), let found = self[entry.key],
      let first = entries.first(where: { $0.key != entry.key }), self[first.key] == nil,
      keys(of: found).contains(first.key)
    else { return nil }
    return Diagnostic(
      "'\(first.key)' belongs under '\(entry.key)'", at: first.keyRange,
      remedy: "write \(found.name): {\(first.key): \(first.value.shortText), …}")
  }

  /// Two names where one is chosen, as in a list whose second `-` is missing.
  private var several: Diagnostic? {
    guard entries.count > 1, entries.allSatisfy({ self[$0.key] != nil }) else { return nil }
    let names = cases.map(\.name).joined(separator: ", ")
    return Diagnostic(
      "more than one thing is chosen here", at: entries[1].keyRange,
      remedy: "keep one of them; in a list, begin each with '- '", "choose one of: \(names)")
  }

  /// `{hidden: [8]}` without a name, or the members of a mapping that needs one.
  private func unnamed(at range: SourceRange) -> Diagnostic? {
    guard let first = entries.first, entries.allSatisfy({ self[$0.key] == nil }),
      entries.count > 1 || first.key.meant(among: cases.map(\.name)) == nil
    else { return nil }
    var fitting = cases.filter { option in
      entries.allSatisfy { $0.key.isKey(among: keys(of: option)) }
    }
    if fitting.isEmpty, first.key.meant(among: cases.map(\.name)) == nil {
      fitting = cases.filter { option in
        guard case .map(let element) = option.payload else { return false }
        return entries.allSatisfy { $0.value.scalar.map { element.takes($0.value) } ?? false }
      }
    }
    guard let best = fitting.first else { return nil }
    let others = fitting.dropFirst().map(\.name)
    return Diagnostic(
      fitting.count == 1
        ? "'\(first.key)' belongs under '\(best.name)'"
        : "what '\(first.key)' belongs to is not said",
      at: first.keyRange,
      remedy: "write \(written(best, entries))"
        + (others.isEmpty ? "" : "; in its place there may be \(others.joined(separator: ", "))"))
  }

  private subscript(name: String) -> Schema.Case? { cases.first { $0.name == name } }

  private func isEmpty(_ node: Node) -> Bool { node.isNull && node.scalar?.text.isEmpty == true }

  /// What may stand under a case.
  private func keys(of option: Schema.Case) -> Set<String> {
    var keys: Set<String> = []
    for named in option.payload?.directTypes ?? [] {
      switch named.definition().members {
      case .fields(let fields): keys.formUnion(fields.map(\.name))
      case .cases(let cases): keys.formUnion(cases.map(\.name))
      }
    }
    return keys
  }

  private func written(_ option: Schema.Case, _ members: [Node.Entry]) -> String {
    guard !members.isEmpty else {
      return option.allowsBareName ? option.name : "{\(option.name): …}"
    }
    let keys = keys(of: option)
    let shown = members.prefix(3).map { member in
      "\(member.key.meant(among: keys.sorted()) ?? member.key): \(member.value.shortText)"
    }
    let rest = members.count > 3 ? ", …" : ""
    return "{\(option.name): {\(shown.joined(separator: ", "))\(rest)}}"
  }
}

extension String {
  /// The last name of `torch.optim.Adam` and `optim.Adam()`.
  var className: String {
    let path = prefix { $0 != "(" }.split { ".:/".contains($0) }
    return path.last.map(String.init) ?? self
  }

  /// Whether this is one of some keys, perhaps as it is written elsewhere.
  fileprivate func isKey(among keys: Set<String>) -> Bool {
    ([kebab] + ForeignNames.meanings(of: self)).contains(where: keys.contains)
  }
}
