package import YAML

/// The JSON Schema of files that pipelines include: the keys of a pipeline, none of them required.
///
/// What stands below a key is in the schema of pipelines, which lies beside this one.
package enum IncludedSchema {
  /// The schema document, draft 2020-12.
  ///
  /// - Parameter pipelines: the name of the file that holds the schema of pipelines.
  package static func document(besides pipelines: String) -> Value {
    let properties = TopKeys.all.map { key -> (String, Value) in
      let value: Value = ["$ref": .string("\(pipelines)#/properties/\(key)")]
      // An empty section is fine where another file has what it lacks.
      return (key, key == "stages" ? ["anyOf": [value, ["type": "null"]]] : value)
    }
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Part of an Anneal pipeline",
      "description": "A file for the 'include' of pipelines.",
      "type": "object", "properties": .object(Dictionary(uniqueKeysWithValues: properties)),
      "patternProperties": ["^x-": true], "additionalProperties": false,
    ]
  }
}
