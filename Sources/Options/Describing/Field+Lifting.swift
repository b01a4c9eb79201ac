extension Field {
  /// The same setting as a field of larger settings, which keep these at a path.
  package func lifted<Outer: Options>(
    to path: any WritableKeyPath<Outer, Root> & Sendable
  ) -> Field<Outer> {
    let field = Field<Outer>(
      name: name, summary: summary, isRequired: isRequired, schema: schema,
      decode: { node, outer, problems in decode(node, &outer[keyPath: path], &problems) },
      encode: { outer in encode(outer[keyPath: path]) })
    return isOmittedByDefault ? field.omittedByDefault() : field
  }
}
