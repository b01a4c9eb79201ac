internal import Diagnostics

/// Turns the cells of one feature's columns into its values, batch after batch: one type for each kind of
/// feature, the same for rows to train on and for new ones.
///
/// Of each batch the encoder first tells which rows it cannot read, and is then told which rows are left. What
/// only all rows together tell (categories, whether numbers fit a byte) it learns from those.
protocol FeatureEncoder {
  /// The columns that it reads, and the form in which it gets each.
  var requests: [ColumnRequest] { get }

  /// Finds the rows that cannot be read.
  ///
  /// - Parameter columns: Those of the requests, in their order.
  mutating func inspect(
    _ columns: [RawColumn], of batch: TableBatch, _ problems: inout RowProblems)

  /// The values of the rows that are left of the batch last inspected, in the type of `feature`, row after
  /// row.
  mutating func encode(_ columns: [RawColumn], _ rows: RowChoice) throws -> ColumnValues

  /// The feature, with what the rows so far tell.
  var feature: Feature { get }

  /// Whether something follows from the training split alone, which `fit` is told of.
  var needsFit: Bool { get }

  /// Learns from rows of which it is known whether they are trained on; called with all that `encode` gave,
  /// before any is settled.
  ///
  /// - Parameter values: What `encode` gave for some rows.
  mutating func fit(_ values: ColumnValues, where isTraining: (Int) -> Bool)

  /// Ends the fit.
  mutating func endFit()

  /// What `encode` gave, as the feature stores it in the end; called once all rows were read.
  func settled(_ values: ColumnValues) -> ColumnValues

  /// What keeps the feature from being made, such as too many categories; once all rows were read.
  var failure: Diagnostic? { get }

  /// The texts that the feature knows, where its user should hear what they show.
  func review(at place: SourceRange) -> LabelReview?

  /// The columns whose numbers lie too close together for how they are stored.
  var roundingWarnings: [Diagnostic] { get }

  /// What is read otherwise than it is written in the rows of a batch, such as texts that are none of a
  /// known category's; for new rows.
  func remarks(_ columns: [RawColumn], rows: Int) -> [Int: String]
}

extension FeatureEncoder {
  var needsFit: Bool { false }
  mutating func fit(_ values: ColumnValues, where isTraining: (Int) -> Bool) {}
  mutating func endFit() {}
  func settled(_ values: ColumnValues) -> ColumnValues { values }
  var failure: Diagnostic? { nil }
  func review(at place: SourceRange) -> LabelReview? { nil }
  var roundingWarnings: [Diagnostic] { [] }
  func remarks(_ columns: [RawColumn], rows: Int) -> [Int: String] { [:] }
}
