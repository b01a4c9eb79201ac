extension Schema {
  /// Whether a list may be written.
  var allowsList: Bool {
    switch self {
    case .list: true
    case .optional(let wrapped): wrapped.allowsList
    case .either(let schemas): schemas.contains(where: \.allowsList)
    case .named(let named): named.definition().allowsList
    case .boolean, .integer, .number, .text, .names, .map: false
    }
  }
}

extension Schema.Definition {
  /// Whether a list may be written for the member that a value without a name stands for.
  fileprivate var allowsList: Bool {
    switch members {
    case .fields(let fields): fields.contains { $0.name == shorthand && $0.schema.allowsList }
    case .cases(let cases):
      cases.contains { $0.name == shorthand && $0.payload?.allowsList ?? false }
    }
  }
}

extension Schema.Named {
  /// Whether a text stands for it, and a mapping only says more of that text.
  var isMoreOfText: Bool {
    let definition = definition()
    guard case .fields(let fields) = definition.members else { return false }
    return fields.contains { field in
      guard case .text = field.schema else { return false }
      return field.isRequired && field.name == definition.shorthand
    }
  }
}
