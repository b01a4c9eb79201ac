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
    guard let entry = entries.first, entries.count == 1 else {
      problems.add(
        Diagnostic(
          entries.isEmpty ? "nothing is chosen here" : "more than one thing is chosen here",
          at: entries.dropFirst().first?.keyRange ?? node.range, remedy: choose))
      return nil
    }
    guard let found = table[entry.key] else {
      problems.add(unknown(entry.key, at: entry.keyRange))
      return nil
    }
    return found.decode(entry.value, &problems)
  }

  /// Reads what stands without a name. A text never does, because it may be a misspelt name.
  private static func decodeShorthand(
    _ node: Node, into problems: inout Diagnostics
  ) -> Self? {
    var found = Diagnostics()
    let short = node.isNull ? nil : shorthand.flatMap { table[$0] }
    let decoded = short?.decode(node, &found)
    if let text = node.scalar?.value.string {
      let remedy = forms(of: node).map { "a text of your own is written as \($0)" }
      problems.add(unknown(text, at: node.range).adding(remedy))
    } else if let decoded {
      problems.add(contentsOf: found)
      return decoded
    } else if found.hasErrors {
      problems.add(contentsOf: found)
    } else {
      let remedy = forms(of: node).map { "write \($0)" }
      problems.add(
        .mismatch(
          expected: "one of \(table.all.count) names", found: node, remedy: remedy ?? choose))
    }
    return nil
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
    if let near = nearestName(to: name, in: allowed) {
      problem.notes.append(.didYouMean(near))
    } else if let meant = name.meantReference {
      problem.notes.append(.didYouMean(reference: meant))
    }
    problem.notes.append(Note("choose one of: \(allowed.joined(separator: ", "))"))
    return problem
  }
}
