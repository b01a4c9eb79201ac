package import Diagnostics
package import YAML

extension Options {
  /// Reads settings. Those in which nothing is wrong but that there are keys too many are returned beside
  /// the report, so that what they say can be checked all the same.
  package static func decode(_ node: Node, into problems: inout Diagnostics) -> Self? {
    guard let entries = entries(of: node) else {
      problems.add(
        .mismatch(expected: "a mapping of settings", found: node, remedy: remedy(for: node)))
      return nil
    }
    if let problem = strayText(in: node) {
      problems.add(problem)
      return nil
    }
    var found = Diagnostics()
    var settings = Self()
    var unknown = UnknownKeys(
      among: entries, allowed: table.names, deeper: .kept(for: Self.self, schema))
    var isReadable = read(entries, into: &settings, &unknown, &found)
    found.add(contentsOf: unknown.problems)
    for field in table.all
    where field.isRequired && !entries.contains(where: { $0.key == field.name }) {
      isReadable = false
      guard !unknown.meant.contains(field.name) else { continue }
      found.add(
        Diagnostic(
          "the key '\(field.name)' is missing", at: node.range,
          remedy: "add '\(field.name): …': \(field.summary)"))
    }
    if !found.hasErrors {
      found.add(contentsOf: check(settings, node))
      isReadable = !found.hasErrors
    } else if node.mapping == nil, let forms = forms(of: node) {
      found = Diagnostics(found.map { $0.adding(remedy: "or write \(forms)") })
    }
    problems.add(contentsOf: found)
    return isReadable ? settings : nil
  }

  /// The mistake of a mapping whose one key is the text that the settings are about, as in
  /// `model.pkl: {cache: false}`.
  private static func strayText(in node: Node) -> Diagnostic? {
    guard let entry = node.mapping?.first, node.mapping?.count == 1,
      let shorthand, let field = table[shorthand], field.isRequired,
      table[entry.key] == nil, entry.key.meant(among: table.names) == nil,
      field.schema.takes(.string(entry.key))
    else { return nil }
    return Diagnostic(
      "unknown key '\(entry.key)'", at: entry.keyRange,
      remedy: "write '\(entry.key)' alone, or {\(shorthand): \(entry.key), …}")
  }

  /// Reads what stands under each key; false where some of it could not be read.
  private static func read(
    _ entries: [Node.Entry], into settings: inout Self, _ unknown: inout UnknownKeys,
    _ found: inout Diagnostics
  ) -> Bool {
    let table = table
    var isReadable = true
    guard entries.contains(where: { table[$0.key] == nil }) else {
      for entry in entries {
        guard let field = table[entry.key] else { continue }
        if !field.decode(entry.value, &settings, &found) { isReadable = false }
      }
      return isReadable
    }
    let split = SplitValues(
      entries, isKey: { table[$0] != nil || $0.meant(among: table.names) != nil },
      takesList: { table[$0]?.schema.allowsList ?? false })
    found.add(contentsOf: split.problems)
    isReadable = split.problems.isEmpty
    for (index, entry) in entries.enumerated() where !split.covered.contains(index) {
      if let field = table[entry.key] {
        if !field.decode(entry.value, &settings, &found) { isReadable = false }
      } else {
        unknown.add(entry)
      }
    }
    return isReadable
  }

  /// The entries that a node stands for: its own, none where it is empty, or the shorthand's one.
  private static func entries(of node: Node) -> [Node.Entry]? {
    if let entries = node.mapping { return entries }
    if node.isNull { return [] }
    return shorthand.map { [Node.Entry(key: $0, keyRange: node.range, value: node)] }
  }

  /// How something that is no mapping could be written as one.
  private static func remedy(for node: Node) -> String? {
    if let elements = node.sequence { return listRemedy(for: elements) }
    if let text = node.scalar?.text, let joined = JoinedKey(text), table[joined.key] != nil {
      return joined.remedy
    }
    if let text = node.scalar?.text, let parts = ListSlip.parts(of: text), parts.count > 1 {
      for mark in ["", "%"] {
        let elements = parts.map { Node(.scalar(Node.Scalar($0 + mark)), at: node.range) }
        if let remedy = listRemedy(for: elements) { return remedy }
      }
    }
    return forms(of: node).map { "write \($0)" }
  }

  /// The remedy for a list of the keys, or of the values in the order of the keys.
  private static func listRemedy(for elements: [Node]) -> String? {
    let keys = elements.compactMap { element in
      element.mapping.flatMap { $0.count == 1 ? $0.first?.key : nil }
    }
    if keys.count == elements.count, !keys.isEmpty, keys.allSatisfy({ table[$0] != nil }) {
      return "take the '- ' before each key away"
    }
    let fields = table.all.prefix(elements.count)
    guard elements.count > 1, fields.count == elements.count,
      zip(fields, elements).allSatisfy({ field, element in
        element.scalar.map { field.schema.takes($0.value) } ?? false
      })
    else { return nil }
    let members = zip(fields, elements).map { "\($0.name): \($1.shortText)" }
    return "write {\(members.joined(separator: ", "))}"
  }
}
