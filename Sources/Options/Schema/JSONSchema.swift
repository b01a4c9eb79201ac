package import YAML

/// Builds JSON Schema (draft 7, which editors of all ages know) for editors and validators.
///
/// Types with a name go to `definitions`, once each, so that a type may contain itself and the document
/// stays small. Every value may also be a text with a `${…}` reference. Keywords beside a `$ref` would
/// be ignored, so a `$ref` stands alone.
package struct JSONSchema {
  /// The types met so far, by name.
  package private(set) var definitions: [String: Value] = [:]

  package init() {}

  /// The draft that all schemas are written in.
  package static let draft: Value = "http://json-schema.org/draft-07/schema#"

  /// The whole schema document for one kind of value.
  package static func document(for schema: Schema) -> Value {
    var builder = JSONSchema()
    let root =
      if case .named(let named) = schema {
        ["allOf": [builder.reference(to: named)]] as Value
      } else {
        builder.json(for: schema)
      }
    return builder.document(root: root)
  }

  /// A document around a root schema that was made with this builder.
  package func document(root: Value) -> Value {
    var document = root
    document["$schema"] = Self.draft
    let pattern = ReferencePattern(matrix: true)
    var all = definitions
    all[Self.referenceName] = [
      "description": "A reference such as ${vars.epochs}.",
      "type": "string", "pattern": .string(pattern.reference),
    ]
    all[Self.textName] = ["type": "string", "pattern": .string(pattern.text)]
    document["definitions"] = .object(all)
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

  /// Adds a definition that no type stands for.
  ///
  /// - Returns: the reference to it.
  package mutating func define(_ name: String, _ schema: Value) -> Value {
    definitions[name] = schema
    return Self.reference(to: name)
  }

  /// The reference to a definition.
  package static func reference(to name: String) -> Value {
    ["$ref": .string("#/definitions/\(name)")]
  }

  private static let referenceName = "reference"
  private static let textName = "text"

  /// The schema of a text that holds a `${…}` reference.
  package static let reference = reference(to: referenceName)

  /// The schema of a text that may hold references.
  package static let text = reference(to: textName)

  /// The schemas of which one has to hold, without that of a reference.
  private mutating func alternatives(for schema: Schema) -> [Value] {
    switch schema {
    case .boolean: return [["type": "boolean"]]
    case .integer(let interval): return [limits(of: interval, type: "integer")]
    case .number(let interval): return [limits(of: interval, type: "number")]
    case .text(let form): return [text(form)]
    case .names(let names): return [Self.enumeration(names.map { ($0.name, $0.summary) })]
    case .list(let element, let count):
      return [list(of: json(for: element), count: count)]
    case .map(let element):
      return [["type": "object", "additionalProperties": json(for: element)]]
    case .optional(let wrapped): return alternatives(for: wrapped) + [["type": "null"]]
    case .either(let schemas): return schemas.flatMap { alternatives(for: $0) }
    case .named(let named): return [reference(to: named)]
    }
  }

  private func text(_ form: Schema.TextForm) -> Value {
    var json: Value = ["type": "string"]
    if let pattern = form.pattern {
      json["pattern"] = .string(pattern)
    } else {
      json["allOf"] = [Self.text]
    }
    if let example = form.example { json["examples"] = [.string(example)] }
    return json
  }

  private func limits(of interval: Interval, type: String) -> Value {
    if case .listed(let numbers) = interval.choice {
      return ["enum": .array(numbers.map { .int($0) })]
    }
    var json: Value = ["type": .string(type)]
    if let lower = interval.lower {
      json[lower.isIncluded ? "minimum" : "exclusiveMinimum"] = lower.value
    }
    if let upper = interval.upper {
      json[upper.isIncluded ? "maximum" : "exclusiveMaximum"] = upper.value
    }
    if interval.choice == .odd { json["not"] = ["multipleOf": 2] }
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
    return Self.reference(to: named.name)
  }

  private mutating func json(for definition: Schema.Definition) -> Value {
    var json: Value
    switch definition.members {
    case .fields(let fields): json = self.json(for: fields, of: definition)
    case .cases(let cases): json = self.json(for: cases, shorthand: definition.shorthand)
    }
    json["title"] = .string(definition.title)
    return Self.described(json, definition.summary)
  }

  private mutating func json(
    for fields: [Schema.Field], of definition: Schema.Definition
  ) -> Value {
    let required = fields.filter(\.isRequired).map { Value.string($0.name) }
    var object = Self.keywords(for: definition.rules, fields)
    object["type"] = definition.mayBeEmpty ? ["object", "null"] : "object"
    object["properties"] = .object(properties(for: fields))
    object["additionalProperties"] = false
    if !required.isEmpty { object["required"] = .array(required) }
    guard let short = fields.first(where: { $0.name == definition.shorthand }) else {
      return object
    }
    return ["anyOf": .array([object] + alternatives(for: short.schema))]
  }

  /// A bare name, or a mapping with one name as its only key.
  private mutating func json(for cases: [Schema.Case], shorthand: String?) -> Value {
    let bare = cases.filter(\.allowsBareName).map { ($0.name, $0.summary) }
    var alternatives = bare.isEmpty ? [] : [Self.enumeration(bare)]
    var properties: [String: Value] = [:]
    for option in cases {
      let payload = option.payload.map { json(for: $0) } ?? ["type": "null"]
      properties[option.name] = Self.described(payload, option.summary)
    }
    alternatives.append([
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "minProperties": 1, "maxProperties": 1,
    ])
    if let short = cases.first(where: { $0.name == shorthand })?.payload?.withoutText {
      alternatives += self.alternatives(for: short)
    }
    return ["anyOf": .array(alternatives)]
  }
}

extension Schema {
  /// The complete JSON Schema document for this kind of value.
  package var json: Value { JSONSchema.document(for: self) }
}
