package import YAML

/// What `when` says: an expression over variables and the metrics of stages that ran before.
///
/// `vars.full and metrics.teacher.validation.accuracy >= 0.98` names variables (`vars.x`), matrix values
/// (`matrix.x`) and metrics (`metrics.STAGE.x`), compares with `==`, `!=`, `<`, `<=`, `>`
/// and `>=`, combines with `and`, `or`, `not` and parentheses, and must come out true or false.
package indirect enum Condition: Hashable, Sendable {
  case literal(Value)
  /// A path below `vars` or `matrix`, that word included.
  case variable([String], Span)
  case metric(stage: String, path: [String], Span)
  case comparison(Comparison, Condition, Condition)
  case not(Condition)
  case and(Condition, Condition)
  case or(Condition, Condition)

  /// Where in the expression's text a reference stands, in characters.
  package struct Span: Hashable, Sendable {
    package var offset: Int
    package var length: Int
  }

  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case greater = ">"
  }

  /// A reference to a metric, as found in an expression.
  package struct MetricReference: Hashable, Sendable {
    package let stage: String
    package let path: [String]
    package let span: Span
  }

  /// The metrics that the outcome depends on, in reading order.
  package var metricReferences: [MetricReference] {
    switch self {
    case .literal, .variable: []
    case .metric(let stage, let path, let span):
      [MetricReference(stage: stage, path: path, span: span)]
    case .not(let operand): operand.metricReferences
    case .comparison(_, let left, let right), .and(let left, let right), .or(let left, let right):
      left.metricReferences + right.metricReferences
    }
  }

  /// The names of the matrix values that the outcome depends on.
  package var matrixNames: [String] {
    switch self {
    case .literal, .metric: []
    case .variable(let path, _): path.count > 1 && path[0] == "matrix" ? [path[1]] : []
    case .not(let operand): operand.matrixNames
    case .comparison(_, let left, let right), .and(let left, let right), .or(let left, let right):
      left.matrixNames + right.matrixNames
    }
  }

  /// The same expression with every variable replaced by its value.
  ///
  /// - Parameter value: the value at a path that begins with `vars` or `matrix`, or an error.
  package func replacingVariables(
    _ value: ([String], Span) throws(ConditionError) -> Value
  ) throws(ConditionError) -> Condition {
    switch self {
    case .literal, .metric: self
    case .variable(let path, let span): .literal(try value(path, span))
    case .not(let operand): .not(try operand.replacingVariables(value))
    case .comparison(let comparison, let left, let right):
      .comparison(
        comparison, try left.replacingVariables(value), try right.replacingVariables(value))
    case .and(let left, let right):
      .and(try left.replacingVariables(value), try right.replacingVariables(value))
    case .or(let left, let right):
      .or(try left.replacingVariables(value), try right.replacingVariables(value))
    }
  }
}

extension Condition {
  /// The same expression with the stage of every metric replaced by another name, such as the address
  /// of its instance.
  package func renamingStages(
    _ rename: (MetricReference) throws(ConditionError) -> String
  ) throws(ConditionError) -> Condition {
    switch self {
    case .literal, .variable: self
    case .metric(let stage, let path, let span):
      .metric(
        stage: try rename(MetricReference(stage: stage, path: path, span: span)), path: path, span)
    case .not(let operand): .not(try operand.renamingStages(rename))
    case .comparison(let comparison, let left, let right):
      .comparison(
        comparison, try left.renamingStages(rename), try right.renamingStages(rename))
    case .and(let left, let right):
      .and(try left.renamingStages(rename), try right.renamingStages(rename))
    case .or(let left, let right):
      .or(try left.renamingStages(rename), try right.renamingStages(rename))
    }
  }
}
