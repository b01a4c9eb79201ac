internal import Options
internal import YAML

/// Schemas of names and texts that occur at several places of a pipeline.
struct SharedTexts {
  /// A name of a stage, variable or matrix value.
  let name: Value

  /// A value outside of a stage's settings, where `${matrix.x}` is not known.
  let value: Value

  /// A text of that kind that holds a reference.
  let reference: Value

  /// A condition, or any other text there.
  let text: Value

  init(in builder: inout JSONSchema) {
    let pattern = ReferencePattern(matrix: false)
    name = builder.define(
      "name",
      [
        "pattern": "^\(ReferencePattern.name)$",
        "patternErrorMessage":
          "A name begins with a letter and has letters, digits, '-' and '_', at most 64.",
      ])
    text = builder.define("outer-text", ["type": "string", "pattern": .string(pattern.text)])
    reference = builder.define(
      "outer-reference", ["type": "string", "pattern": .string(pattern.reference)])
    // It applies to texts, lists and mappings, each at its keyword, and to what these hold.
    value = builder.define(
      "value",
      [
        "pattern": .string(pattern.text), "items": JSONSchema.reference(to: "value"),
        "additionalProperties": JSONSchema.reference(to: "value"),
      ])
  }
}
