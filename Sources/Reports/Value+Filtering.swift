internal import Records
internal import YAML

extension Value {
  /// The same with those members alone, of this object and of all within, that a condition on their
  /// name and value keeps.
  func keepingMembers(where isKept: (String, Value) -> Bool) -> Value {
    switch self {
    case .object(let members):
      .object(
        members.filter { isKept($0.key, $0.value) }
          .mapValues { $0.keepingMembers(where: isKept) })
    case .array(let elements): .array(elements.map { $0.keepingMembers(where: isKept) })
    default: self
    }
  }
}
