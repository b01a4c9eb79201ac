package import YAML

extension Value {
  /// The value at a path of keys and list positions, or `nil` where there is none.
  package func value(at path: some Collection<String>) -> Value? {
    var value = self
    for step in path {
      switch value {
      case .object(let members):
        guard let member = members[step] else { return nil }
        value = member
      case .array(let elements):
        guard let index = Int(step), elements.indices.contains(index) else { return nil }
        value = elements[index]
      case .null, .bool, .int, .double, .string:
        return nil
      }
    }
    return value
  }

  /// The value at a path written with dots, such as `validation.accuracy`.
  package func value(atPath path: String) -> Value? {
    value(at: path.split(separator: ".").map(String.init))
  }

  /// The number, whether written as an integer or not.
  package var number: Double? {
    switch self {
    case .int(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }
}
