internal import Pipeline
internal import YAML

/// Fills references into values as they are written, for showing what they come out as.
struct Template {
  /// The variables, filled in, and the matrix values of one instance.
  let variables: Value
  var matrix: [String: Value] = [:]
  var environment: [String: String] = [:]

  /// What a part of a file comes out as; `nil` where something that it refers to is not known.
  func value(of node: Node) -> Value? {
    switch node.content {
    case .scalar(let scalar): return value(of: scalar)
    case .sequence(let nodes):
      let values = nodes.map { value(of: $0) }
      return values.contains(nil) ? nil : .array(values.compactMap { $0 })
    case .mapping(let entries):
      var members: [String: Value] = [:]
      for entry in entries {
        guard let value = value(of: entry.value) else { return nil }
        members[entry.key] = value
      }
      return .object(members)
    }
  }

  private func value(of scalar: Node.Scalar) -> Value? {
    guard scalar.text.contains("${") else { return scalar.value }
    let parts = TemplatePart.parts(of: scalar.text)
    if case .reference(let reference) = parts[0], parts.count == 1 { return value(of: reference) }
    var text = ""
    for part in parts {
      switch part {
      case .text(let plain): text += plain
      case .reference(let reference):
        guard let value = value(of: reference) else { return nil }
        text += value.string ?? value.canonicalJSON
      case .unclosed: return nil
      }
    }
    return .string(text)
  }

  /// What a reference stands for.
  func value(of reference: Reference) -> Value? {
    let path = reference.path
    guard let space = reference.space, path.count >= 2 else { return nil }
    switch space {
    case .vars: return variables.value(along: path.dropFirst())
    case .matrix: return matrix[path[1]]?.value(along: path.dropFirst(2))
    case .env:
      let name = path.dropFirst().joined(separator: ".")
      return environment[name].map { Node.Scalar($0).value }
    }
  }
}

extension Value {
  /// A part of the value; positions count into lists.
  func value(along path: some Sequence<String>) -> Value? {
    var value = self
    for name in path {
      guard let next = value[name] ?? Int(name).flatMap({ value[$0] }) else { return nil }
      value = next
    }
    return value
  }

  /// The value as people write it.
  var written: String { string ?? canonicalJSON }
}
