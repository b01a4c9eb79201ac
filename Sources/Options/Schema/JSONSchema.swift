package import YAML

/// Builds JSON Schema (draft 2020-12) for editors and validators.
///
/// Types with a name go to `$defs`, once each, so that a type may contain itself and the document
/// stays small. Every value may also be a text with a `${…}` reference.
package struct JSONSchema {
  /// The types met so far, by name.
  package private(set) var definitions: [String: Value] = [:]

  package init() {}

  /// The whole schema document for one kind of value.
  package static func document(for schema: Schema, title: String? = nil) -> Value {
    var builder = JSONSchema()
    let root =
      if case .named(let named) = schema {
        builder.reference(to: named)
      } else {
        builder.json(for: schema)
      }
    return builder.document(root: root, title: title)
  }

  /// A document around a root schema that was made with this builder.
  package func document(root: Value, title: String? = nil) -> Value {
    var document = root
    document["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    if let title { document["title"] = .string(title) }
    var all = definitions
    all[Self.referenceName] = [
      "description": "A reference such as ${vars.epochs}.",
      "type": "string",
      "pattern": "\\$\\{[^{}]+\\}",
    ]
    document["$defs"] = .object(all)
    return document
  }

  /// A schema for what may be written, references included, that points into `definitions`.
  package mutating func json(for schema: Schema) -> Value {
    var alternatives = alternatives(for: schema)
    if case .text(let form) = schema, form.pattern == nil {
      return alternatives[0]
    }
    alternatives.append(Self.reference)
    return ["anyOf": .array(alternatives)]
  }

  private static let referenceName = "reference"

  /// The schema of a text that holds a `${…}` reference.
  package static let reference: Value = ["$ref": "#/$defs/\(referenceName)"]

  /// The schemas of which one has to hold, without that of a reference.
  private mutating func alternatives(for schema: Schema) -> [Value] {
    switch schema {
    case .boolean: return [["type": "boolean"]]
    case .integer(let interval): return [limits(of: interval, type: "integer")]
    case .number(let interval): return [limits(of: interval, type: "number")]
    case .text(let form): return [text(form)]
    case .names(let names):
      return alternatives(for: names.map { ($0.name, $0.summary) })
    case .list(let element, let count):
      return [list(of: json(for: element), count: count)]
    case .map(let element):
      return [["type": "object", "additionalProperties": json(for: element)]]
    case .optional(let wrapped): return alternatives(for: wrapped) + [["type": "null"]]
    case .either(let schemas): return schemas.flatMap { alternatives(for: $0) }
    case .named(let named): return [reference(to: named)]
    }
  }

  private func alternatives(for names: [(name: String, summary: String)]) -> [Value] {
    if names.allSatisfy(\.summary.isEmpty) {
      return [["enum": .array(names.map { .string($0.name) })]]
    }
    return names.map { name, summary in
      described(["const": .string(name)], summary)
    }
  }

  private func text(_ form: Schema.TextForm) -> Value {
    var json: Value = ["type": "string"]
    if let pattern = form.pattern { json["pattern"] = .string(pattern) }
    if let example = form.example { json["examples"] = [.string(example)] }
    return json
  }

  private func limits(of interval: Interval, type: String) -> Value {
    var json: Value = ["type": .string(type)]
    if let lower = interval.lower {
      json[lower.isIncluded ? "minimum" : "exclusiveMinimum"] = lower.value
    }
    if let upper = interval.upper {
      json[upper.isIncluded ? "maximum" : "exclusiveMaximum"] = upper.value
    }
    return json
  }

  private func list(of element: Value, count: Interval) -> Value {
    var json: Value = ["type": "array", "items": element]
    if let lower = count.lower, let least = lower.value.int {
      json["minItems"] = .int(lower.isIncluded ? least : least + 1)
    }
    if let upper = count.upper, let most = upper.value.int {
      json["maxItems"] = .int(upper.isIncluded ? most : most - 1)
    }
    return json
  }

  private mutating func reference(to named: Schema.Named) -> Value {
    if definitions[named.name] == nil {
      definitions[named.name] = true  // Stands in while the type is met within itself.
      definitions[named.name] = json(for: named.definition())
    }
    return ["$ref": .string("#/$defs/\(named.name)")]
  }

  private mutating func json(for definition: Schema.Definition) -> Value {
    var json: Value
    switch definition.members {
    case .fields(let fields):
      json = self.json(for: fields, shorthand: definition.shorthand)
    case .cases(let cases):
      json = self.json(for: cases, shorthand: definition.shorthand)
    }
    json["title"] = .string(definition.title)
    return described(json, definition.summary)
  }

  private mutating func json(for fields: [Schema.Field], shorthand: String?) -> Value {
    var properties: [String: Value] = [:]
    for field in fields {
      var property = described(json(for: field.schema), field.summary)
      if let defaultValue = field.defaultValue { property["default"] = defaultValue }
      properties[field.name] = property
    }
    let required = fields.filter(\.isRequired).map { Value.string($0.name) }
    var object: Value = [
      "type": required.isEmpty ? ["object", "null"] : "object",
      "properties": .object(properties), "additionalProperties": false,
    ]
    if !required.isEmpty { object["required"] = .array(required) }
    guard let short = fields.first(where: { $0.name == shorthand }) else { return object }
    return ["anyOf": .array([object] + alternatives(for: short.schema))]
  }

  private mutating func json(for cases: [Schema.Case], shorthand: String?) -> Value {
    var alternatives = alternatives(
      for: cases.filter(\.allowsBareName).map { ($0.name, $0.summary) })
    for option in cases {
      let payload = option.payload.map { json(for: $0) } ?? ["type": "null"]
      let object: Value = [
        "type": "object", "properties": [option.name: payload], "required": [.string(option.name)],
        "additionalProperties": false,
      ]
      alternatives.append(described(object, option.summary))
    }
    guard let short = cases.first(where: { $0.name == shorthand })?.payload?.withoutText else {
      return ["oneOf": .array(alternatives)]
    }
    return ["anyOf": .array(alternatives + self.alternatives(for: short))]
  }

  private func described(_ json: Value, _ summary: String) -> Value {
    guard !summary.isEmpty else { return json }
    var described = json
    described["description"] = .string(summary)
    return described
  }
}

extension Schema {
  /// The complete JSON Schema document for this kind of value.
  package var json: Value { JSONSchema.document(for: self) }
}
