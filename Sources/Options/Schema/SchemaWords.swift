import YAML

/// Puts into words what may be written, for the reference and for help.
struct SchemaWords: Sendable {
  /// How a text that is written literally looks, such as in backquotes.
  let literal: @Sendable (String) -> String

  /// How a type that is described elsewhere is named.
  let link: @Sendable (Schema.Definition) -> String

  func words(for schema: Schema) -> String {
    switch schema {
    case .boolean: return "\(literal("true")) or \(literal("false"))"
    case .integer(let interval): return number("whole number", interval)
    case .number(let interval): return number("number", interval)
    case .text(let form):
      return number(form.name, form.limits) + (form.example.map { " such as \(literal($0))" } ?? "")
    case .names(let names): return joined(names.map { literal($0.name) })
    case .list(let element, let count):
      return "list\(counted(count)) of \(grouped(element))"
    case .map(let element): return "mapping from names to \(grouped(element))"
    case .optional(let wrapped): return words(for: wrapped)
    case .either(let schemas): return joined(schemas.map { words(for: $0) })
    case .named(let named): return link(named.definition())
    }
  }

  /// What a value without a name stands for, as a sentence.
  func shorthand(of definition: Schema.Definition) -> String? {
    guard let name = definition.shorthand else { return nil }
    let sentence = "A value without a name stands for \(literal(name))"
    guard case .cases(let cases) = definition.members,
      let payload = cases.first(where: { $0.name == name })?.payload, payload.takesText
    else { return sentence + "." }
    return sentence + "; a text needs the name."
  }

  private func number(_ name: String, _ interval: Interval) -> String {
    if interval == .unlimited { return name }
    let words = interval.words
    return words.hasPrefix("at ") ? "\(name) of \(words)" : "\(name) \(words)"
  }

  private func counted(_ count: Interval) -> String {
    if count == .unlimited { return "" }
    let words = count.words.hasPrefix("from ") ? count.words.dropFirst(5) : count.words[...]
    return " with \(words) " + (count.words.hasSuffix(" 1") ? "element" : "elements")
  }

  /// The words for an element, in brackets where they would otherwise run into what precedes them.
  private func grouped(_ schema: Schema) -> String {
    let words = words(for: schema)
    return words.contains(" or ") ? "(\(words))" : words
  }

  private func joined(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Schema {
  /// The types with a name in this schema, in order; not those within them.
  var namedTypes: [Named] {
    switch self {
    case .boolean, .integer, .number, .text, .names: []
    case .list(let element, _), .map(let element), .optional(let element): element.namedTypes
    case .either(let schemas): schemas.flatMap(\.namedTypes)
    case .named(let named): [named]
    }
  }

  /// The types with a name that a value may be of, but not those of its elements.
  var directTypes: [Named] {
    switch self {
    case .boolean, .integer, .number, .text, .names, .list, .map: []
    case .optional(let wrapped): wrapped.directTypes
    case .either(let schemas): schemas.flatMap(\.directTypes)
    case .named(let named): [named]
    }
  }

  /// All types with a name that this schema leads to, each once, outer ones first.
  var reachableTypes: [Named] {
    var found: [Named] = []
    var waiting = namedTypes[...]
    while let next = waiting.popFirst() {
      guard !found.contains(where: { $0.name == next.name }) else { continue }
      found.append(next)
      waiting += next.definition().members.schemas.flatMap(\.namedTypes)
    }
    return found
  }
}

extension Schema.Field {
  /// The default in words: the case's name for a choice; nil where there is none worth stating.
  var defaultWords: String? {
    switch defaultValue {
    case nil, .null, "", .array([]), .object([:]): return nil
    case .object(let members):
      guard case .named(let named) = schema, case .cases = named.definition().members else {
        return nil
      }
      return members.keys.first
    case .some(let value): return value.words
    }
  }
}

extension Schema.Definition.Members {
  fileprivate var schemas: [Schema] {
    switch self {
    case .fields(let fields): fields.map(\.schema)
    case .cases(let cases): cases.compactMap(\.payload)
    }
  }
}
