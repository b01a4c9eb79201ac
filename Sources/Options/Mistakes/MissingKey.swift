import YAML

/// Finds the keys that a value was most likely meant to stand under, where it stands in their place.
enum MissingKey {
  /// How the value could be written, such as `{norm: 1} or {value: 1}`.
  static func forms(of node: Node, under members: [(key: String, schema: Schema)]) -> String? {
    guard let scalar = node.scalar, !node.isNull, scalar.text.count <= longest else { return nil }
    let named = members.filter { $0.schema.names(scalar.text) }
    let fitting = named.isEmpty ? members.filter { $0.schema.takes(scalar.value) } : named
    guard !fitting.isEmpty else {
      return deeper(scalar, under: members).map { "{\($0)}" }
    }
    return fitting.prefix(most).map { member in
      "{\(member.key): \(member.schema.isList ? "[\(scalar.text)]" : scalar.text)}"
    }.joined(separator: " or ")
  }

  /// The one key that the value fits under the one case that has such a key: `{magnitude: {sparsity: 50%}}`.
  private static func deeper(
    _ scalar: Node.Scalar, under members: [(key: String, schema: Schema)]
  ) -> String? {
    guard scalar.value.double != nil || scalar.text.last == "%" else { return nil }
    let found = members.flatMap { member in
      member.schema.directTypes.flatMap { named -> [String] in
        guard case .fields(let fields) = named.definition().members else { return [] }
        return fields.filter { $0.isRequired && $0.schema.takes(scalar.value) }
          .map { "\(member.key): {\($0.name): \(scalar.text)}" }
      }
    }
    return found.count == 1 ? found[0] : nil
  }

  private static let most = 3
  private static let longest = 40
}

extension Options {
  /// How a value could be written that stands in place of these settings.
  static func forms(of node: Node) -> String? {
    MissingKey.forms(
      of: node, under: table.all.filter { $0.name != shorthand }.map { ($0.name, $0.schema) })
  }
}

extension Choice {
  /// How a value could be written that stands in place of a choice.
  static func forms(of node: Node) -> String? {
    MissingKey.forms(
      of: node, under: table.all.compactMap { option in option.payload.map { (option.name, $0) } })
  }
}

extension Schema {
  /// Whether a text is one of a fixed set of names here.
  fileprivate func names(_ text: String) -> Bool {
    switch self {
    case .names(let names): names.contains { $0.name == text }
    case .optional(let wrapped): wrapped.names(text)
    case .either(let schemas): schemas.contains { $0.names(text) }
    case .named(let named):
      if case .cases(let cases) = named.definition().members {
        cases.contains { $0.allowsBareName && $0.name == text }
      } else {
        false
      }
    case .list(let element, _): element.names(text)
    case .boolean, .integer, .number, .text, .map: false
    }
  }

  /// Whether nothing but a list may stand here.
  fileprivate var isList: Bool {
    switch self {
    case .list: true
    case .optional(let wrapped): wrapped.isList
    case .boolean, .integer, .number, .text, .names, .map, .either, .named: false
    }
  }

  /// Whether a plain value may stand here as it is.
  func takes(_ value: Value) -> Bool {
    switch self {
    case .boolean: value.bool != nil
    case .integer(let interval): value.int.map { interval.contains(Double($0)) } ?? false
    case .number(let interval): value.double.map { interval.contains($0) } ?? false
    case .text(let form): value.string.map { form.matches($0) } ?? false
    case .optional(let wrapped): wrapped.takes(value)
    case .either(let schemas): schemas.contains { $0.takes(value) }
    case .names, .list, .map, .named: false
    }
  }
}

extension Schema.TextForm {
  fileprivate func matches(_ text: String) -> Bool {
    guard let pattern else { return true }
    guard text.count <= 100, let expression = try? Regex(pattern) else { return false }
    return text.contains(expression)
  }
}

extension Interval {
  fileprivate func contains(_ number: Double) -> Bool {
    if let lower, let least = lower.value.double {
      guard number > least || (lower.isIncluded && number == least) else { return false }
    }
    if let upper, let most = upper.value.double {
      guard number < most || (upper.isIncluded && number == most) else { return false }
    }
    return number.isFinite
  }
}
