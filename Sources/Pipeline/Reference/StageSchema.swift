internal import Options
internal import YAML

/// The schema of a stage: one kind with its settings, and what every stage may have.
struct StageSchema {
  private let catalog: Catalog
  private let texts: SharedTexts

  init(_ catalog: Catalog, _ texts: SharedTexts) {
    self.catalog = catalog
    self.texts = texts
  }

  func json(in builder: inout JSONSchema) -> Value {
    var properties = builder.properties(for: CommonKeys.schema)
    properties["from"] = from
    properties["matrix"] = matrix
    properties["when"] = [
      "description": "A condition on variables, matrix values and upstream metrics.",
      "anyOf": [
        ["type": "boolean"],
        [
          "type": "string", "minLength": 1,
          "allOf": [texts.text, ["pattern": .string(Condition.wordsPattern)]],
        ],
      ],
    ]
    for stage in catalog.stages {
      var settings = builder.json(for: stage.writtenSettings)
      settings["description"] = .string(stage.summary)
      settings["markdownDescription"] = .string(
        "\(stage.summary)\n\n```yaml\n\(stage.example)\n```")
      properties[stage.kind] = settings
    }
    return [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "oneOf": .array(catalog.kinds.map { ["required": [.string($0)]] }),
      "dependencies": .object(needs), "allOf": .array(roles),
      "defaultSnippets": .array(catalog.stages.map { StageSnippet($0).json }),
    ]
  }

  /// A kind that reads something for sure has to say from where.
  private var needs: [String: Value] {
    let reading = catalog.stages.filter { $0.inputs.contains(where: \.isRequired) }
    return Dictionary(reading.map { ($0.kind, ["from"]) }) { first, _ in first }
  }

  /// The names that the mapping under `from` may have, kind by kind.
  private var roles: [Value] {
    catalog.stages.map { stage in
      let names = stage.inputs.map(\.name) + ["stage", "pick"]
      return [
        "if": ["required": [.string(stage.kind)]],
        "then": [
          "properties": [
            "from": ["propertyNames": ["enum": .array(names.map { .string($0) })]]
          ]
        ],
      ]
    }
  }

  private var from: Value {
    let name: Value = [
      "anyOf": [
        ["type": "string", "pattern": "^\(ReferencePattern.name)(?:@[\\s\\S]+)?$"],
        texts.reference,
      ]
    ]
    let metric: Value = ["type": "string", "pattern": "^[^.]+(?:\\.[^.]+)*$"]
    let picked: Value = [
      "type": "object", "required": ["stage"], "additionalProperties": false,
      "properties": [
        "stage": name,
        "pick": [
          "description": "Takes the instance whose metric is the largest or the smallest.",
          "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
          "properties": ["max": metric, "min": metric],
        ],
      ],
    ]
    let reference: Value = ["anyOf": [name, picked]]
    let references: Value = ["type": "array", "minItems": 1, "items": reference]
    let roles: Value = [
      "type": "object", "minProperties": 1, "not": ["required": ["stage"]],
      "additionalProperties": ["anyOf": [reference, references]],
    ]
    return [
      "description": "The stages that this one reads from, with roles where they are not plain.",
      "anyOf": [reference, references, roles],
    ]
  }

  private var matrix: Value {
    let combinations: Value = [
      "type": "array", "items": ["type": "object", "minProperties": 1],
    ]
    return [
      "description": "Values by name; the stage has an instance for each combination.",
      "anyOf": [
        [
          "type": "object", "minProperties": 1, "propertyNames": texts.name,
          "properties": ["exclude": combinations, "include": combinations],
          "additionalProperties": [
            "anyOf": [
              ["type": "array", "minItems": 1, "items": texts.value], texts.reference,
            ]
          ],
        ],
        texts.reference,
      ],
    ]
  }
}

extension Stage {
  /// What may be written under the kind's name: a list of steps has one at least.
  fileprivate static var writtenSettings: Schema {
    Settings.schema.limited(toCount: (1...).bounds.interval)
  }
}
