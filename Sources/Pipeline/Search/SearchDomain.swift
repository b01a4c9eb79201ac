package import YAML

/// The values that a search may give a setting.
package enum SearchDomain: Hashable, Sendable {
  case choices([Value])
  case numbers(Numbers)

  /// Numbers from one to another.
  package struct Numbers: Hashable, Sendable {
    package var lower: Double
    package var upper: Double

    /// The distance between neighbours; `nil` where all numbers between count.
    package var step: Double?
    package var isLogarithmic: Bool

    /// Whether values are written without a point.
    package var isWhole: Bool

    /// How many a grid takes, where that is said.
    package var points: Int?

    package init(
      lower: Double, upper: Double, step: Double? = nil, isLogarithmic: Bool = false,
      isWhole: Bool = false, points: Int? = nil
    ) {
      self.lower = lower
      self.upper = upper
      self.step = step
      self.isLogarithmic = isLogarithmic
      self.isWhole = isWhole
      self.points = points
    }

    /// How many there are; `nil` where they are not counted.
    package var count: Int? {
      step.map { Int(((upper - lower) / $0 + 1e-9).rounded(.down)) + 1 }
    }
  }
}

/// A setting that a search varies, with what it tries.
package struct SearchParameter: Hashable, Sendable {
  /// The path as it is written, such as `stages.teacher.train.epochs`.
  package let path: String
  package let domain: SearchDomain

  /// The parameters that decide whether it is tried, each with the values for which it is.
  package let conditions: [Condition]

  package struct Condition: Hashable, Sendable {
    package let path: String
    package let values: [Value]

    package init(path: String, values: [Value]) {
      self.path = path
      self.values = values
    }

    /// Whether it holds for a value: the value itself, or one of that name with settings of its own.
    package func holds(for value: Value) -> Bool {
      values.contains { wanted in
        wanted == value
          || (value.object?.count == 1 && value.object?.first?.key == wanted.string)
      }
    }
  }

  package init(path: String, domain: SearchDomain, conditions: [Condition] = []) {
    self.path = path
    self.domain = domain
    self.conditions = conditions
  }

  /// Whether it is tried, given what the others are.
  package func isActive(_ value: (_ path: String) -> Value?) -> Bool {
    conditions.allSatisfy { condition in value(condition.path).map(condition.holds) ?? false }
  }
}
