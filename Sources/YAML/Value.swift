/// Plain data as JSON knows it, with integers kept apart from floating-point numbers.
///
/// JSON has no form for numbers that are not finite; they are written as the strings `NaN`,
/// `Infinity` and `-Infinity`, and `double` reads those back.
package enum Value: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([Value])
  case object([String: Value])
}

extension Value {
  package var isNull: Bool { self == .null }

  package var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The integer, also where it was written as a floating-point number such as `1e5`.
  package var int: Int? {
    switch self {
    case .int(let int): int
    case .double(let double): Int(exactly: double)
    default: nil
    }
  }

  /// The number, whether it was written with a fraction or without.
  package var double: Double? {
    switch self {
    case .int(let int): Double(int)
    case .double(let double): double
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    default: nil
    }
  }

  package var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  package var array: [Value]? {
    if case .array(let array) = self { array } else { nil }
  }

  package var object: [String: Value]? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The member of an object; nil where there is none or where this is no object. Setting a member
  /// of anything but an object makes it one, and setting nil removes the member.
  package subscript(key: String) -> Value? {
    get { object?[key] }
    set {
      var members = object ?? [:]
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The element of an array; nil outside its bounds or where this is no array.
  package subscript(index: Int) -> Value? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// This object with the members of another laid over it, objects within objects likewise;
  /// anything but two objects is replaced.
  package func merging(_ other: Value) -> Value {
    guard case .object(var members) = self, case .object(let others) = other else { return other }
    for (key, value) in others {
      members[key] = members[key]?.merging(value) ?? value
    }
    return .object(members)
  }
}
