internal import Options
package import YAML

/// The JSON Schema of files that pipelines include: the keys of a pipeline, none of them required.
///
/// What stands below a key is in the schema of pipelines, which lies beside this one.
package enum IncludedSchema {
  package static let fileName = "included.schema.json"

  /// The schema document, draft 7.
  package static var document: Value {
    let properties = TopKeys.all.map { key -> (String, Value) in
      let value: Value = ["$ref": .string("\(PipelineSchema.fileName)#/properties/\(key)")]
      // An empty section is fine where another file has what it lacks.
      return (key, key == "stages" ? ["anyOf": [value, ["type": "null"]]] : value)
    }
    return [
      "$schema": JSONSchema.draft, "$id": .string(fileName),
      "title": "Part of an Anneal pipeline",
      "description": "A file for the 'include' of pipelines.",
      "type": "object", "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
      "patternProperties": ["^x-": true], "additionalProperties": false,
    ]
  }
}
