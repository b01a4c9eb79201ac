internal import Diagnostics

/// Turns the cells of a target into what a model learns, as a `FeatureEncoder` does with features.
protocol TargetEncoder {
  var requests: [ColumnRequest] { get }

  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems)

  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) -> ColumnValues

  /// The target, with what the rows so far tell.
  var target: Target { get }

  /// What `encode` gave, as the target stores it in the end.
  func settled(_ values: ColumnValues) -> ColumnValues

  /// The classes by which splits may be stratified, of values that `encode` gave and in their settled
  /// numbers; empty where there are none.
  func labels(_ values: ColumnValues) -> [Int32]

  var failure: Diagnostic? { get }
  func review(at place: SourceRange) -> LabelReview?

  /// That the numbers lie too close together for how they are stored.
  func roundingProblem(at place: SourceRange) -> Diagnostic?
}
