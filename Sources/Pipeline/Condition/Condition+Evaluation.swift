package import YAML

extension Condition {
  /// Whether the condition holds.
  ///
  /// - Parameter metrics: the metrics of a stage, or `nil` where it has none.
  /// - Throws: a `ConditionError` when a metric is missing or values cannot be compared.
  package func holds(
    metrics: (_ stage: String) -> Value? = { _ in nil }
  ) throws(ConditionError) -> Bool {
    let value = try value(metrics)
    guard case .bool(let outcome) = value else {
      throw ConditionError(
        message: "the condition comes out as \(value.canonicalJSON), not true or false",
        remedy: "compare it, as in metrics.teacher.validation.accuracy >= 0.98",
        span: Span(offset: 0, length: 1))
    }
    return outcome
  }

  private func value(_ metrics: (String) -> Value?) throws(ConditionError) -> Value {
    switch self {
    case .literal(let value):
      return value
    case .variable(let path, let span):
      throw ConditionError(
        message: "the variable '\(path.joined(separator: "."))' has no value here",
        remedy: "declare it under 'vars'", span: span)
    case .metric(let stage, let path, let span):
      return try Self.metric(stage, path, span, metrics)
    case .not(let operand):
      return .bool(try !operand.holds(metrics: metrics))
    case .and(let left, let right):
      guard try left.holds(metrics: metrics) else { return false }
      return .bool(try right.holds(metrics: metrics))
    case .or(let left, let right):
      if try left.holds(metrics: metrics) { return true }
      return .bool(try right.holds(metrics: metrics))
    case .comparison(let comparison, let left, let right):
      return .bool(try comparison.compare(left.value(metrics), right.value(metrics)))
    }
  }

  private static func metric(
    _ stage: String, _ path: [String], _ span: Span, _ metrics: (String) -> Value?
  ) throws(ConditionError) -> Value {
    guard let all = metrics(stage) else {
      throw ConditionError(
        message: "stage '\(stage)' has no metrics", remedy: "it must run before this stage",
        span: span)
    }
    guard let value = all.value(at: path) else {
      throw ConditionError(
        message: "stage '\(stage)' has no metric '\(path.joined(separator: "."))'",
        remedy: "'anneal show \(stage)' lists what it reports", span: span)
    }
    return value
  }
}

extension Condition.Comparison {
  /// Compares numbers with any operator, other values for equality only.
  fileprivate func compare(_ left: Value, _ right: Value) throws(ConditionError) -> Bool {
    if let left = left.number, let right = right.number {
      return switch self {
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      case .equal: left == right
      case .notEqual: left != right
      }
    }
    switch self {
    case .equal: return left == right
    case .notEqual: return left != right
    default:
      throw ConditionError(
        message: "\(left.canonicalJSON) \(rawValue) \(right.canonicalJSON) compares no numbers",
        remedy: "order is defined for numbers only",
        span: Condition.Span(offset: 0, length: 1))
    }
  }
}
