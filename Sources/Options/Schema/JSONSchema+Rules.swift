import YAML

extension JSONSchema {
  /// The keywords that hold where all of the rules do.
  ///
  /// - Parameter fields: the settings that the rules are about.
  static func keywords(for rules: [Rule], _ fields: [Schema.Field]) -> Value {
    let writer = RuleWriter(
      defaults: Dictionary(fields.map { ($0.name, $0.defaultValue ?? .null) }) { first, _ in first }
    )
    return rules.isEmpty ? [:] : ["allOf": .array(rules.map(writer.json))]
  }
}

/// Writes rules as keywords of JSON Schema.
private struct RuleWriter {
  let defaults: [String: Value]

  func json(for rule: Rule) -> Value {
    switch rule {
    case .given(let key): of(key, isWritten: true, ["not": ["enum": [standard(key)]]])
    case .usual(let key): of(key, isWritten: false, perhaps(standard(key)))
    case .equal(let key, let value):
      of(key, isWritten: value != standard(key), perhaps(value))
    case .different(let key, let value):
      of(key, isWritten: value == standard(key), ["not": ["enum": [value]]])
    case .texts(let key, let pattern):
      of(
        key, isWritten: false,
        ["pattern": .string(pattern), "items": ["pattern": .string(pattern)]])
    case .first(let key, let pattern):
      of(key, isWritten: false, ["items": [["pattern": .string(pattern)]]])
    case .keys(let key, let pattern):
      of(key, isWritten: false, ["propertyNames": ["pattern": .string(pattern)]])
    case .all(let rules): joined(rules.map(json))
    case .any(let rules): ["anyOf": .array(rules.map(json))]
    }
  }

  private func standard(_ key: String) -> Value { defaults[key] ?? .null }

  /// The value itself, or a reference that may lead to it.
  private func perhaps(_ value: Value) -> Value {
    ["anyOf": [["enum": [value]], JSONSchema.reference]]
  }

  private func of(_ key: String, isWritten: Bool, _ schema: Value) -> Value {
    var json: Value = ["properties": [key: schema]]
    if isWritten { json["required"] = [.string(key)] }
    return json
  }

  /// Schemas of which all have to hold, as one where they are about different keys.
  private func joined(_ schemas: [Value]) -> Value {
    var required: [Value] = []
    var properties: [String: Value] = [:]
    for schema in schemas {
      guard schema["anyOf"] == nil, schema["allOf"] == nil,
        let members = schema["properties"]?.object,
        members.keys.allSatisfy({ properties[$0] == nil })
      else { return ["allOf": .array(schemas)] }
      required += schema["required"]?.array ?? []
      properties.merge(members) { first, _ in first }
    }
    var json: Value = ["properties": .object(properties)]
    if !required.isEmpty { json["required"] = .array(required) }
    return json
  }
}
