internal import Options

/// What may be written at a place of a stage's settings: one of several forms.
struct SchemaView {
  /// The forms, none of which is itself a choice between forms.
  private let forms: [Schema]

  init(_ schema: Schema) {
    self.init([schema])
  }

  private init(_ schemas: [Schema]) {
    forms = schemas.flatMap { Self.forms(of: $0, depth: 0) }
  }

  /// A value may stand for a member that it does not name; then the forms of that count too.
  private static func forms(of schema: Schema, depth: Int) -> [Schema] {
    switch schema {
    case .optional(let wrapped): return forms(of: wrapped, depth: depth)
    case .either(let schemas): return schemas.flatMap { forms(of: $0, depth: depth) }
    case .named(let named):
      guard depth < 4, let short = named.definition().shorthandSchema else { return [schema] }
      return [schema] + forms(of: short, depth: depth + 1)
    case .boolean, .integer, .number, .text, .names, .list, .map: return [schema]
    }
  }

  // MARK: Further in

  /// What a path below leads to, with the last member on it; `nil` where it leads nowhere.
  func view(at path: some Sequence<Step>) -> (view: SchemaView, member: Member?)? {
    var view = self
    var member: Member?
    for step in path {
      switch step {
      case .key(let key):
        guard let next = view.member(key) else { return nil }
        view = next.schema.map { SchemaView($0) } ?? SchemaView([])
        member = next.member
      case .item:
        let elements = view.forms.compactMap { form -> Schema? in
          if case .list(let element, _) = form { element } else { nil }
        }
        guard !elements.isEmpty else { return nil }
        view = SchemaView(elements)
      }
    }
    return (view, member)
  }

  private func member(_ key: String) -> (schema: Schema?, member: Member?)? {
    for form in forms {
      switch form {
      case .named(let named):
        switch named.definition().members {
        case .fields(let fields):
          if let field = fields.first(where: { $0.name == key }) {
            return (field.schema, Member(field))
          }
        case .cases(let cases):
          if let found = cases.first(where: { $0.name == key }) {
            return (found.payload, Member(found))
          }
        }
      case .map(let element): return (element, nil)
      default: continue
      }
    }
    return nil
  }

  // MARK: What may be written

  /// The keys that a mapping may have here.
  var keys: [Member] {
    unique(
      forms.flatMap { form -> [Member] in
        guard case .named(let named) = form else { return [] }
        switch named.definition().members {
        case .fields(let fields): return fields.map { Member($0) }
        case .cases(let cases): return cases.filter { $0.payload != nil }.map { Member($0) }
        }
      })
  }

  /// The texts that a value without a key may be, as far as they can be listed.
  var values: [Member] {
    unique(
      forms.flatMap { form -> [Member] in
        switch form {
        case .boolean: return [Member("true"), Member("false")]
        case .names(let names): return names.map { Member($0.name, summary: $0.summary) }
        case .named(let named):
          guard case .cases(let cases) = named.definition().members else { return [] }
          return cases.filter(\.allowsBareName).map { Member($0) }
        case .integer, .number, .text, .list, .map, .optional, .either: return []
        }
      })
  }

  /// What a text here is called, such as `path`.
  var textForms: [String] {
    forms.compactMap { form in
      if case .text(let text) = form { text.name } else { nil }
    }
  }

  private func unique(_ members: [Member]) -> [Member] {
    var seen: Set<String> = []
    return members.filter { seen.insert($0.name).inserted }
  }
}

extension Schema.Definition {
  /// What may be written for the member that a value without a name stands for.
  fileprivate var shorthandSchema: Schema? {
    switch members {
    case .fields(let fields): fields.first { $0.name == shorthand }?.schema
    case .cases(let cases): cases.first { $0.name == shorthand }?.payload
    }
  }
}
