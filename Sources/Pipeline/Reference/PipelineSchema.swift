internal import Options
package import YAML

/// Makes the JSON Schema of pipeline files from the catalog, for editors and validators.
package struct PipelineSchema {
  private let catalog: Catalog
  private var builder = JSONSchema()

  private init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  /// What the file is called. It is the schema's identity too, relative to where it lies, so that schemas
  /// find each other without a network.
  package static let fileName = "pipeline.schema.json"

  /// The schema document, draft 7.
  package static func document(for catalog: Catalog) -> Value {
    var schema = PipelineSchema(catalog)
    var root = schema.root()
    root["title"] = "Anneal pipeline"
    root["$id"] = .string(fileName)
    return schema.builder.document(root: root)
  }

  private mutating func root() -> Value {
    let texts = SharedTexts(in: &builder)
    var properties = builder.properties(for: PipelineHeader.schema)
    properties["pipeline"]?["allOf"] = [["anyOf": [texts.name, texts.reference]]]
    properties["include"] = Self.include
    properties["profiles"] = profiles(texts)
    properties["search"] = SearchSchema(texts).json(in: &builder)
    properties["vars"] = [
      "description": "Values for ${vars.NAME}.", "type": ["object", "null"],
      "propertyNames": texts.name, "additionalProperties": texts.value,
    ]
    properties["env"] = [
      "description": "The environment variables that ${env.NAME} may read.",
      "type": ["array", "null"],
      "items": builder.json(for: EnvironmentEntry.schema),
    ]
    let stages = StageSchema(catalog, texts)
    properties["stages"] = [
      "description": "The stages by name.", "type": "object", "minProperties": 1,
      "propertyNames": texts.name, "additionalProperties": stages.json(in: &builder),
    ]
    return [
      "type": "object", "properties": .object(properties),
      "patternProperties": ["^x-": true], "additionalProperties": false,
      "required": ["pipeline"],
      "anyOf": [["required": ["stages"]], ["required": ["include"]]],
    ]
  }

  private static let include: Value = {
    let path: Value = ["type": "string", "pattern": "^[^*?\\[{]+$"]
    return [
      "description": "Files whose vars, env, profiles and stages belong to this pipeline too.",
      "anyOf": [path, ["type": "array", "items": path], ["type": "null"]],
    ]
  }()

  private func profiles(_ texts: SharedTexts) -> Value {
    [
      "description": "Changes by the name that --profile takes; a change is a path and its value.",
      "type": ["object", "null"], "propertyNames": texts.name,
      "additionalProperties": [
        "type": ["object", "null"],
        "propertyNames": ["pattern": "^(seed|numerics|(vars|stages)(\\.[^.]+)+)$"],
      ],
    ]
  }
}
