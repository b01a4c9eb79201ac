/// Why an expression is not a condition, with the characters concerned.
package struct ConditionError: Error, Hashable, Sendable {
  package let message: String
  package let remedy: String
  package let span: Condition.Span
}
