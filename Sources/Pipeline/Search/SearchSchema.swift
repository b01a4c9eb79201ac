internal import Options
internal import YAML

/// The schema of the section of searches.
struct SearchSchema {
  private let texts: SharedTexts

  init(_ texts: SharedTexts) {
    self.texts = texts
  }

  /// The paths that a search may vary.
  static let pathPattern = "^(seed|numerics|(vars|stages)(\\.[^.]+)+)$"

  func json(in builder: inout JSONSchema) -> Value {
    var properties = builder.properties(for: SearchSettings.schema)
    properties["over"] = [
      "description": "What is tried, by the path of the setting.", "type": "object",
      "minProperties": 1, "propertyNames": ["pattern": .string(Self.pathPattern)],
      "additionalProperties": parameter(in: &builder),
    ]
    let search: Value = [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "required": ["over"], "anyOf": [["required": ["maximize"]], ["required": ["minimize"]]],
    ]
    return [
      "description": "What 'anneal search' tries, by the name of the search.",
      "type": ["object", "null"], "propertyNames": texts.name, "additionalProperties": search,
    ]
  }

  private func parameter(in builder: inout JSONSchema) -> Value {
    let choices: Value = ["type": "array", "minItems": 1, "uniqueItems": true]
    var range = builder.properties(for: SearchRange.schema)
    range["choices"] = choices
    range["when"] = [
      "description": "The values that other settings must have for this one to be tried.",
      "type": "object", "minProperties": 1,
    ]
    return [
      "anyOf": [
        choices,
        [
          "type": "object", "properties": .object(range), "additionalProperties": false,
          "anyOf": [["required": ["from", "to"]], ["required": ["choices"]]],
        ],
      ]
    ]
  }
}
