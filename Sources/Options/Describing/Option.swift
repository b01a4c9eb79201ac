import Diagnostics
import YAML

/// Describes a setting.
/// - Parameters:
///   - name: The key, in kebab case.
///   - keyPath: Where the setting is kept; its value in `Root()` is the default.
///   - required: Whether the key has to be written.
///   - summary: One sentence for help, reference and editors.
package func option<Root: Options, Setting: OptionValue>(
  _ name: String, _ keyPath: any WritableKeyPath<Root, Setting> & Sendable, required: Bool = false,
  _ summary: String
) -> Field<Root> {
  Field(name, keyPath, required: required, schema: Setting.schema, summary) { _, _ in [] }
}

/// Describes a setting whose number, or each of whose numbers, lies within bounds.
package func option<Root: Options, Setting: BoundedOption, Allowed: BoundsExpression>(
  _ name: String, _ keyPath: any WritableKeyPath<Root, Setting> & Sendable, in allowed: Allowed,
  required: Bool = false, _ summary: String
) -> Field<Root> where Allowed.Number == Setting.Bounded {
  let bounds = allowed.bounds
  let schema = Setting.schema.limited(to: bounds.interval)
  return Field(name, keyPath, required: required, schema: schema, summary) { setting, node in
    bounds.problems(with: setting, named: name, at: node)
  }
}

/// Describes a list that has a number of elements within bounds.
package func option<Root: Options, Element: OptionValue, Count: BoundsExpression<Int>>(
  _ name: String, _ keyPath: any WritableKeyPath<Root, [Element]> & Sendable, count: Count,
  required: Bool = false, _ summary: String
) -> Field<Root> {
  let bounds = count.bounds
  let schema = [Element].schema.limited(toCount: bounds.interval)
  return Field(name, keyPath, required: required, schema: schema, summary) { list, node in
    bounds.problems(withCountOf: list, named: name, at: node)
  }
}

/// Describes a list that has a number of elements within bounds, each within bounds of its own.
package func option<
  Root: Options, Element: BoundedOption, Count: BoundsExpression<Int>, Allowed: BoundsExpression
>(
  _ name: String, _ keyPath: any WritableKeyPath<Root, [Element]> & Sendable, count: Count,
  in allowed: Allowed, required: Bool = false, _ summary: String
) -> Field<Root> where Allowed.Number == Element.Bounded {
  let counts = count.bounds
  let bounds = allowed.bounds
  let schema = [Element].schema.limited(to: bounds.interval).limited(toCount: counts.interval)
  return Field(name, keyPath, required: required, schema: schema, summary) { list, node in
    counts.problems(withCountOf: list, named: name, at: node)
      + bounds.problems(with: list, named: name, at: node)
  }
}

/// Describes a whole number of which not every one within the bounds is allowed; `check` tells of those
/// that are not.
package func option<Root: Options>(
  _ name: String, _ keyPath: any WritableKeyPath<Root, Int> & Sendable,
  in allowed: ClosedRange<Int>,
  only choice: Interval.Choice, _ summary: String
) -> Field<Root> {
  var interval = allowed.bounds.interval
  interval.choice = choice
  return Field(name, keyPath, required: false, schema: .integer(interval), summary) {
    setting, node in
    allowed.bounds.problems(with: setting, named: name, at: node)
  }
}
