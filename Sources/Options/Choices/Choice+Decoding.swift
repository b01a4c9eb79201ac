package import Diagnostics
package import YAML

extension Choice {
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Self? {
    let table = table
    switch node.content {
    case .mapping(let entries): return decode(entries, of: node, into: &problems)
    case .scalar(let scalar):
      if let found = table[scalar.text] {
        if let bare = found.bare { return bare }
        problems.add(
          Diagnostic(
            "'\(found.name)' needs settings", at: node.range,
            remedy: "write '\(found.name): …': \(found.summary)"))
        return nil
      }
      return decodeShorthand(node, into: &problems)
    case .sequence: return decodeShorthand(node, into: &problems)
    }
  }

  private static func decode(
    _ entries: [Node.Entry], of node: Node, into problems: inout Diagnostics
  ) -> Self? {
    if let entry = entries.first, entries.count == 1, let found = table[entry.key] {
      return found.decode(entry.value, &problems)
    }
    if let slip = ChoiceSlip(entries, cases: table.all.map(\.description)).problem(at: node.range) {
      problems.add(slip)
      return nil
    }
    guard let entry = entries.first, entries.count == 1 else {
      problems.add(
        Diagnostic(
          entries.isEmpty ? "nothing is chosen here" : "more than one thing is chosen here",
          at: entries.dropFirst().first?.keyRange ?? node.range, remedy: choose))
      return nil
    }
    problems.add(unknown(entry.key, at: entry.keyRange))
    return nil
  }

  /// Reads what stands without a name. A text never does, because it may be a misspelt name.
  private static func decodeShorthand(
    _ node: Node, into problems: inout Diagnostics
  ) -> Self? {
    var found = Diagnostics()
    let short = node.isNull ? nil : shorthand.flatMap { table[$0] }
    let decoded = short?.decode(node, &found)
    if let text = node.scalar?.value.string {
      let remedy = forms(of: node).map {
        Percent.number(node) == nil ? "a text of your own is written as \($0)" : "write \($0)"
      }
      var problem = unknown(text, at: node.range).adding(remedy)
      if let sized = sized(text) { problem.notes.insert(Note("write \(sized)"), at: 0) }
      problems.add(problem)
    } else if let decoded {
      problems.add(contentsOf: found)
      return decoded
    } else if found.hasErrors {
      problems.add(contentsOf: found)
    } else {
      let remedy = bracketed(node) ?? listed(node) ?? forms(of: node).map { "write \($0)" }
      problems.add(
        .mismatch(
          expected: "one of \(table.all.count) names", found: node, remedy: remedy ?? choose))
    }
    return nil
  }

  /// A name with its size behind it, such as `resnet18`, as settings.
  private static func sized(_ text: String) -> String? {
    let name = text.prefix { !$0.isNumber }.lowercased().filter { $0 != "-" && $0 != "_" }
    let size = text.drop { !$0.isNumber }
    guard let found = table[name], !size.isEmpty, size.allSatisfy(\.isNumber),
      found.payload?.keys?.contains("depth") ?? false
    else { return nil }
    return "{\(name): {depth: \(size)}}"
  }

  /// The remedy for a list of one element that would be right alone.
  private static func bracketed(_ node: Node) -> String? {
    guard let elements = node.sequence, elements.count == 1, elements[0].sequence == nil else {
      return nil
    }
    var problems = Diagnostics()
    guard decode(elements[0], into: &problems) != nil, !problems.hasErrors else { return nil }
    let name = elements[0].scalar?.text ?? elements[0].mapping?.first.map { "{\($0.key): …}" }
    return "take the brackets away, or the '-': write \(name ?? "it alone")"
  }

  /// The remedy for a list of several that may be chosen.
  private static func listed(_ node: Node) -> String? {
    let names = (node.sequence ?? []).compactMap { $0.scalar?.text }
    guard names.count > 1, names.count == node.sequence?.count,
      names.allSatisfy({ table[$0] != nil })
    else { return nil }
    return
      "one is chosen; for a stage with each write matrix: {x: [\(names.joined(separator: ", "))]} "
      + "beside its kind, and ${matrix.x} here"
  }

  private static func unknown(_ name: String, at range: SourceRange) -> Diagnostic {
    .unknownName(name, at: range, allowed: table.names)
  }

  private static var choose: String {
    "choose one of: \(table.names.joined(separator: ", "))"
  }
}

extension Diagnostic {
  /// The same with one more remedy, if there is one.
  func adding(_ remedy: String?) -> Diagnostic { remedy.map { adding(remedy: $0) } ?? self }

  static func unknownName(_ name: String, at range: SourceRange, allowed: [String]) -> Diagnostic {
    var problem = Diagnostic("'\(name)' is not one of the choices here", at: range)
    if let near = name.meant(among: allowed) ?? name.className.meant(among: allowed) {
      problem.notes.append(.didYouMean(near))
    } else if let meant = name.meantReference {
      problem.notes.append(.didYouMean(reference: meant))
    }
    problem.notes.append(Note("choose one of: \(allowed.joined(separator: ", "))"))
    return problem
  }
}
