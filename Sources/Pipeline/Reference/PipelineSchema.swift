internal import Options
package import YAML

/// Makes the JSON Schema of pipeline files from the catalog, for editors and validators.
package struct PipelineSchema {
  private let catalog: Catalog
  private var builder = JSONSchema()

  private init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  /// The schema document, draft 2020-12.
  package static func document(for catalog: Catalog) -> Value {
    var schema = PipelineSchema(catalog)
    let root = schema.root()
    return schema.builder.document(root: root, title: "Anneal pipeline")
  }

  private static let name: Value = ["pattern": "^[A-Za-z][A-Za-z0-9_-]{0,63}$"]

  private mutating func root() -> Value {
    var properties = properties(of: PipelineHeader.schema)
    properties["include"] = Self.include
    properties["profiles"] = Self.profiles
    properties["vars"] = [
      "description": "Values for ${vars.NAME}.", "type": ["object", "null"],
      "propertyNames": Self.name,
    ]
    properties["env"] = [
      "description": "The environment variables that ${env.NAME} may read.",
      "type": ["array", "null"],
      "items": ["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"],
    ]
    properties["stages"] = [
      "description": "The stages by name.", "type": "object", "minProperties": 1,
      "propertyNames": Self.name, "additionalProperties": stage(),
    ]
    return [
      "type": "object", "properties": .object(properties),
      "patternProperties": ["^x-": true], "additionalProperties": false,
      "required": ["pipeline"],
      "anyOf": [["required": ["stages"]], ["required": ["include"]]],
    ]
  }

  private static let include: Value = {
    let path: Value = ["type": "string", "minLength": 1]
    return [
      "description": "Files whose vars, env, profiles and stages belong to this pipeline too.",
      "anyOf": [path, ["type": "array", "items": path], ["type": "null"]],
    ]
  }()

  private static let profiles: Value = [
    "description": "Changes by the name that --profile takes; a change is a path and its value.",
    "type": ["object", "null"], "propertyNames": name,
    "additionalProperties": [
      "type": ["object", "null"],
      "propertyNames": ["pattern": "^(seed|numerics|(vars|stages)(\\.[^.]+)+)$"],
    ],
  ]

  private mutating func stage() -> Value {
    var properties = properties(of: CommonKeys.schema)
    properties["from"] = Self.from
    properties["matrix"] = matrix
    properties["when"] = [
      "description": "A condition on variables, matrix values and upstream metrics.",
      "type": ["string", "boolean"],
    ]
    for stage in catalog.stages {
      var settings = builder.json(for: stage.settingsSchema)
      settings["description"] = .string(stage.summary)
      properties[stage.kind] = settings
    }
    return [
      "type": "object", "properties": .object(properties), "additionalProperties": false,
      "oneOf": .array(catalog.kinds.map { ["required": [.string($0)]] }),
    ]
  }

  private mutating func properties(of schema: Schema) -> [String: Value] {
    guard case .named(let named) = schema, case .fields(let fields) = named.definition().members
    else { return [:] }
    var properties: [String: Value] = [:]
    for field in fields {
      var property = builder.json(for: field.schema)
      property["description"] = .string(field.summary)
      if let value = field.defaultValue, value != .null { property["default"] = value }
      properties[field.name] = property
    }
    return properties
  }

  private static let from: Value = {
    let picked: Value = [
      "type": "object", "required": ["stage"], "additionalProperties": false,
      "properties": [
        "stage": ["type": "string"],
        "pick": [
          "description": "Takes the instance whose metric is the largest or the smallest.",
          "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
          "properties": ["max": ["type": "string"], "min": ["type": "string"]],
        ],
      ],
    ]
    let reference: Value = ["anyOf": [["type": "string", "minLength": 1], picked]]
    let references: Value = ["type": "array", "minItems": 1, "items": reference]
    let roles: Value = [
      "type": "object", "minProperties": 1, "not": ["required": ["stage"]],
      "additionalProperties": ["anyOf": [reference, references]],
    ]
    return [
      "description": "The stages that this one reads from, with roles where they are not plain.",
      "anyOf": [reference, references, roles],
    ]
  }()

  private var matrix: Value {
    let combinations: Value = [
      "type": "array", "items": ["type": "object", "minProperties": 1],
    ]
    return [
      "description": "Values by name; the stage has an instance for each combination.",
      "anyOf": [
        [
          "type": "object", "minProperties": 1,
          "properties": ["exclude": combinations, "include": combinations],
          "additionalProperties": [
            "anyOf": [["type": "array", "minItems": 1], JSONSchema.reference]
          ],
        ],
        JSONSchema.reference,
      ],
    ]
  }
}

extension Stage {
  fileprivate static var settingsSchema: Schema { Settings.schema }
}
