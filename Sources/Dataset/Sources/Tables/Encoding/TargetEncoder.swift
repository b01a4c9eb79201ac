internal import Diagnostics

/// Turns the cells of a target into what a model learns, as a `FeatureEncoder` does with features.
protocol TargetEncoder {
  var requests: [ColumnRequest] { get }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems)

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) throws -> ColumnValues

  /// The target, with what the rows so far tell.
  var target: Target { get }

  /// A target of the type and shape of what `encode` gives, where that is not settled yet.
  var encoded: Target { get }

  /// What `encode` gave, as the target stores it in the end.
  func settled(_ values: ColumnValues) -> ColumnValues

  /// States by what rows may be dealt out alike, of all values that `encode` gave.
  func describe(_ values: ColumnValues, in facts: inout RowFacts)

  /// What was decided of the target while its rows were read, for people.
  var decisions: [String] { get }

  var failure: Diagnostic? { get }
  func review(at place: SourceRange) -> LabelReview?

  /// That the numbers lie too close together for how they are stored.
  func roundingProblem(at place: SourceRange) -> Diagnostic?
}

extension TargetEncoder {
  var encoded: Target { target }
  func settled(_ values: ColumnValues) -> ColumnValues { values }
  var decisions: [String] { [] }
  var failure: Diagnostic? { nil }
  func review(at place: SourceRange) -> LabelReview? { nil }
  func roundingProblem(at place: SourceRange) -> Diagnostic? { nil }
}
