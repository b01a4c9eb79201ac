import Diagnostics
import YAML

/// One setting of `Root`: its key, its place in the Swift type, and a sentence about it.
///
/// Fields are made with `option(…)`. `Root` is some `Options`; saying so here would have each field's
/// type looked up among all conformances of the program.
package struct Field<Root>: Sendable {
  package let name: String
  package let summary: String
  package let isRequired: Bool

  /// What may be written for it.
  package let schema: Schema

  /// Reads the key's value into the settings and collects what is wrong with it. False where the
  /// settings were left as they are.
  let decode: @Sendable (Node, inout Root, inout Diagnostics) -> Bool

  /// The setting's canonical form.
  let encode: @Sendable (Root) -> Value

  /// Whether the default is left out of the canonical form of the settings.
  private(set) var isOmittedByDefault = false

  /// The same setting, whose default is left out of the canonical form: one that is newer than its
  /// siblings, so that what is derived from settings without it, such as keys, stays as it was.
  package func omittedByDefault() -> Field {
    var field = self
    field.isOmittedByDefault = true
    return field
  }

  func description(defaults: Root) -> Schema.Field {
    Schema.Field(
      name: name, summary: summary, isRequired: isRequired, schema: schema,
      defaultValue: isRequired ? nil : encode(defaults))
  }
}

extension Field {
  /// - Parameter check: What is wrong with a value that decoded.
  init<Setting: OptionValue>(
    _ name: String, _ keyPath: any WritableKeyPath<Root, Setting> & Sendable, required: Bool,
    schema: Schema, _ summary: String,
    check: @escaping @Sendable (Setting, Node) -> [Diagnostic]
  ) {
    self.name = name
    self.summary = summary
    self.isRequired = required
    self.schema = schema
    encode = { $0[keyPath: keyPath].value }
    decode = { node, settings, problems in
      if node.isNull, Setting.whenEmpty == nil {
        problems.add(
          Diagnostic("'\(name)' has no value", at: node.range)
            .withExample(of: name, settings[keyPath: keyPath].value))
        return false
      }
      var found = Diagnostics()
      let decoded = Setting.decode(node, into: &found)
      var mistakes: [Diagnostic] = []
      if let decoded {
        mistakes = check(decoded, node)
        found.add(contentsOf: mistakes)
        settings[keyPath: keyPath] = decoded
      } else if found.count == 1, let only = found.first, only.range == node.range,
        only.notes.isEmpty
      {
        if let inner = node.wrapped(as: Setting.self) {
          found = Diagnostics(only.adding(remedy: "write '\(name): \(inner.shortText)'"))
        } else if !required {
          found = Diagnostics(only.withExample(of: name, settings[keyPath: keyPath].value))
        }
      }
      problems.add(contentsOf: found)
      return decoded != nil && mistakes.isEmpty
    }
  }
}

extension Node {
  /// The value that stands in brackets, or under a key, where it should stand alone.
  fileprivate func wrapped<Setting: OptionValue>(as type: Setting.Type) -> Node? {
    var parts = sequence ?? []
    if let entries = mapping {
      parts = entries.filter { entries.count == 1 || $0.names || $0.key == "value" }.map(\.value)
    }
    guard parts.count == 1, let part = parts.first, part.scalar != nil, !part.isNull else {
      return nil
    }
    var problems = Diagnostics()
    return Setting.decode(part, into: &problems) != nil && !problems.hasErrors ? part : nil
  }
}

extension Diagnostic {
  /// The same with the default as an example, where that fits on the line.
  fileprivate func withExample(of name: String, _ value: Value) -> Diagnostic {
    switch value {
    case .bool, .int, .double: adding(remedy: "for example '\(name): \(value.canonicalJSON)'")
    case .string(let text) where !text.isEmpty: adding(remedy: "for example '\(name): \(text)'")
    case .null, .string, .array, .object: self
    }
  }
}
