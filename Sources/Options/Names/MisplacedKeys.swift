package import Diagnostics
package import YAML

/// Finds keys that stand deeper than where they belong, such as `epochs` within `model`.
///
/// Decoding goes from the outside in and knows only what may stand in one place; this goes over the whole
/// once more, where something is wrong.
package struct MisplacedKeys {
  /// The keys of one mapping, and the one of them that leads on to what is looked at.
  package struct Level {
    let names: [String]
    let leading: String

    package init(names: [String], leading: String) {
      self.names = names
      self.leading = leading
    }
  }

  private var remedies: [SourceLocation: Note] = [:]

  /// - Parameter levels: what stands around the node, the outermost first.
  package init(in node: Node, _ schema: Schema, within levels: [Level]) {
    walk(node, schema, levels)
  }

  /// The problems, with where the key belongs for those about one of these keys.
  package func explain(_ problems: Diagnostics) -> Diagnostics {
    guard !remedies.isEmpty else { return problems }
    return Diagnostics(
      problems.map { problem in
        guard let place = problem.location, let remedy = remedies[place],
          problem.replacements.isEmpty
        else { return problem }
        var explained = problem
        explained.notes.insert(remedy, at: 0)
        return explained
      })
  }

  private mutating func walk(_ node: Node, _ schema: Schema, _ levels: [Level]) {
    switch schema {
    case .list(let element, _):
      for part in node.sequence ?? [] { walk(part, element, levels) }
    case .map(let element):
      for entry in node.mapping ?? [] { walk(entry.value, element, levels) }
    case .optional(let wrapped): walk(node, wrapped, levels)
    case .either(let schemas):
      for schema in schemas { walk(node, schema, levels) }
    case .named(let named): walk(node, named.definition(), levels)
    case .boolean, .integer, .number, .text, .names: break
    }
  }

  private mutating func walk(_ node: Node, _ definition: Schema.Definition, _ levels: [Level]) {
    guard let entries = node.mapping else { return }
    switch definition.members {
    case .fields(let fields):
      let names = fields.map(\.name)
      for entry in entries {
        if let field = fields.first(where: { $0.name == entry.key }) {
          walk(entry.value, field.schema, levels + [Level(names: names, leading: entry.key)])
        } else if entry.key.meant(among: names) == nil {
          note(entry, levels)
        }
      }
    case .cases(let cases):
      for entry in entries {
        if let found = cases.first(where: { $0.name == entry.key }) {
          if let payload = found.payload { walk(entry.value, payload, levels) }
        } else {
          note(entry, levels)
        }
      }
    }
  }

  private mutating func note(_ entry: Node.Entry, _ levels: [Level]) {
    // Everything has a name somewhere.
    guard entry.key != "name" else { return }
    for level in levels.reversed() {
      let meant = [entry.key.kebab] + ForeignNames.meanings(of: entry.key)
      guard let name = meant.first(where: level.names.contains), name != level.leading else {
        continue
      }
      remedies[entry.keyRange.start] =
        name == entry.key
        ? Note("'\(name)' stands beside '\(level.leading)', not in it")
        : Note("did you mean '\(name)', which stands beside '\(level.leading)'?")
      return
    }
  }
}
