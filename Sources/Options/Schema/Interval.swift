package import YAML

/// The limits of a number, as plain values for schemas and words.
package struct Interval: Hashable, Sendable {
  package struct Limit: Hashable, Sendable {
    package let value: Value
    package let isIncluded: Bool
  }

  package var lower: Limit?
  package var upper: Limit?

  package static let unlimited = Interval()

  /// The limits in words, such as `at least 1` or `above 0 and at most 1`.
  package var words: String {
    let text = [
      lower.map { ($0.isIncluded ? "at least " : "above ") + Self.text($0.value) },
      upper.map { ($0.isIncluded ? "at most " : "below ") + Self.text($0.value) },
    ]
    return text.compactMap { $0 }.joined(separator: " and ")
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .string(let text): text
    case .double(let double): Int(exactly: double).map { String($0) } ?? value.canonicalJSON
    default: value.canonicalJSON
    }
  }
}
