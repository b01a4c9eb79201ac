package import Diagnostics
package import YAML

extension Choice {
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Self? {
    let cases = cases
    switch node.content {
    case .mapping(let entries): return decode(entries, of: node, cases, into: &problems)
    case .scalar(let scalar):
      if let found = cases.first(where: { $0.name == scalar.text }) {
        if let bare = found.bare { return bare }
        if shorthand == nil || shorthand == found.name {
          problems.add(
            Diagnostic(
              "'\(found.name)' needs settings", at: node.range,
              remedy: "write '\(found.name): …': \(found.summary)"))
          return nil
        }
      }
      return decodeShorthand(node, cases, into: &problems)
    case .sequence: return decodeShorthand(node, cases, into: &problems)
    }
  }

  private static func decode(
    _ entries: [Node.Entry], of node: Node, _ cases: [Case<Self>], into problems: inout Diagnostics
  ) -> Self? {
    guard let entry = entries.first, entries.count == 1 else {
      problems.add(
        Diagnostic(
          entries.isEmpty ? "nothing is chosen here" : "more than one thing is chosen here",
          at: entries.dropFirst().first?.keyRange ?? node.range, remedy: choose(from: cases)))
      return nil
    }
    guard let found = cases.first(where: { $0.name == entry.key }) else {
      problems.add(unknown(entry.key, at: entry.keyRange, cases))
      return nil
    }
    return found.decode(entry.value, &problems)
  }

  private static func decodeShorthand(
    _ node: Node, _ cases: [Case<Self>], into problems: inout Diagnostics
  ) -> Self? {
    var found = Diagnostics()
    if let short = cases.first(where: { $0.name == shorthand }), !node.isNull {
      if let decoded = short.decode(node, &found) {
        problems.add(contentsOf: found)
        return decoded
      }
    }
    if let text = node.scalar?.value.string {
      problems.add(unknown(text, at: node.range, cases))
    } else if found.hasErrors {
      problems.add(contentsOf: found)
    } else {
      problems.add(
        .mismatch(
          expected: "one of \(cases.count) names", found: node, remedy: choose(from: cases)))
    }
    return nil
  }

  private static func unknown(
    _ name: String, at range: SourceRange, _ cases: [Case<Self>]
  ) -> Diagnostic {
    .unknownName(name, at: range, allowed: cases.map(\.name))
  }

  private static func choose(from cases: [Case<Self>]) -> String {
    "choose one of: \(cases.map(\.name).joined(separator: ", "))"
  }
}

extension Diagnostic {
  static func unknownName(_ name: String, at range: SourceRange, allowed: [String]) -> Diagnostic {
    var problem = Diagnostic("'\(name)' is not one of the choices here", at: range)
    if let near = nearestName(to: name, in: allowed) {
      problem.notes.append(Note("did you mean '\(near)'?"))
    }
    problem.notes.append(Note("choose one of: \(allowed.joined(separator: ", "))"))
    return problem
  }
}
