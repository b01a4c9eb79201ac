package import YAML

/// The limits of a number, as plain values for schemas and words.
package struct Interval: Hashable, Sendable {
  package struct Limit: Hashable, Sendable {
    package let value: Value
    package let isIncluded: Bool
  }

  /// Which of the whole numbers between the limits are meant.
  package enum Choice: Hashable, Sendable {
    case every, odd
    /// These, ascending.
    case listed([Int])
  }

  package var lower: Limit?
  package var upper: Limit?
  package var choice = Choice.every

  package static let unlimited = Interval()

  /// The limits in words, such as `at least 1`, `from 0 to 180` or `at least 0 and below 1`.
  package var words: String {
    switch choice {
    case .every: return limits
    case .odd: return limits + ", odd"
    case .listed(let numbers):
      let words = numbers.map(String.init)
      return words.dropLast().joined(separator: ", ") + (words.count > 1 ? " or " : "")
        + (words.last ?? "")
    }
  }

  private var limits: String {
    if let lower, let upper, lower.isIncluded, upper.isIncluded {
      if lower == upper { return "exactly \(lower.value.words)" }
      return "from \(lower.value.words) to \(upper.value.words)"
    }
    let text = [
      lower.map { ($0.isIncluded ? "at least " : "above ") + $0.value.words },
      upper.map { ($0.isIncluded ? "at most " : "below ") + $0.value.words },
    ]
    return text.compactMap { $0 }.joined(separator: " and ")
  }
}

extension Value {
  /// The value as people write it: no quotes, and no fraction where it is whole.
  var words: String {
    switch self {
    case .string(let text): text
    case .double(let double): Int(exactly: double).map { String($0) } ?? canonicalJSON
    case .null, .bool, .int, .array, .object: canonicalJSON
    }
  }
}
