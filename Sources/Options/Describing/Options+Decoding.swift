package import Diagnostics
package import YAML

extension Options {
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Self? {
    let table = table
    guard let entries = entries(of: node) else {
      let remedy = forms(of: node).map { "write \($0)" }
      problems.add(.mismatch(expected: "a mapping of settings", found: node, remedy: remedy))
      return nil
    }
    var found = Diagnostics()
    var settings = Self()
    for entry in entries {
      if let field = table[entry.key] {
        field.decode(entry.value, &settings, &found)
      } else {
        found.add(.unknownKey(entry, allowed: table.names))
      }
    }
    for field in table.all
    where field.isRequired && !entries.contains(where: { $0.key == field.name }) {
      found.add(
        Diagnostic(
          "the key '\(field.name)' is missing", at: node.range,
          remedy: "add '\(field.name): …': \(field.summary)"))
    }
    if !found.hasErrors {
      found.add(contentsOf: check(settings, node))
    } else if node.mapping == nil, let forms = forms(of: node) {
      found = Diagnostics(found.map { $0.adding(remedy: "or write \(forms)") })
    }
    problems.add(contentsOf: found)
    return found.hasErrors ? nil : settings
  }

  /// The entries that a node stands for: its own, none where it is empty, or the shorthand's one.
  private static func entries(of node: Node) -> [Node.Entry]? {
    if let entries = node.mapping { return entries }
    if node.isNull { return [] }
    return shorthand.map { [Node.Entry(key: $0, keyRange: node.range, value: node)] }
  }
}

extension Diagnostic {
  static func unknownKey(_ entry: Node.Entry, allowed: [String]) -> Diagnostic {
    var problem = Diagnostic("unknown key '\(entry.key)'", at: entry.keyRange)
    if let near = nearestName(to: entry.key, in: allowed) {
      problem.notes.append(.didYouMean(near))
    }
    problem.notes.append(Note("allowed here: \(allowed.sorted().joined(separator: ", "))"))
    return problem
  }
}
