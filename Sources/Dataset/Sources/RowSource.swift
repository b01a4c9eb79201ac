package import Diagnostics
package import YAML

/// The rows of files that a source opened.
///
/// They are surveyed once, which settles their features and tells what splitting needs, and are then
/// read once. Both passes stream.
package protocol RowSource {
  /// What the survey settled.
  var features: [Feature] { get }
  var target: Target? { get }

  /// What the survey found that its user should know.
  var warnings: [Diagnostic] { get }

  /// What was done with the rows that is worth a word and no reason to warn.
  var remarks: [String] { get }

  /// What was decided of the target because nobody said it.
  var decisions: [String] { get }

  /// Whether rows say how much they count.
  var isWeighted: Bool { get }

  /// Where the rows came from, for the record.
  var provenance: Value { get }

  /// The name of a file by the place that `RowFacts.files` gives.
  func fileName(_ place: Int) -> String

  /// Reads everything once to settle features, target and classes.
  mutating func survey(_ bad: inout BadRows) throws -> RowFacts

  /// Lets the survey keep what it reads in a folder, so that reading is quick; files there are gone with
  /// the source.
  mutating func keepRows(in folder: String)

  /// The same source of some of the rows, for a look that takes no longer than a moment; nil where all of
  /// them are soon read.
  func sampled() throws -> SampledRows?

  /// Learns what follows from the training split alone, such as the vocabulary of a text; after the survey,
  /// and before rows are read.
  mutating func fit(trainingOn isTraining: (Int64) -> Bool) throws

  /// What the files hold, for people; after the survey.
  func overview() throws -> DataOverview

  /// Calls `body` with the good rows in order, of those that `isWanted` by their id; the others are
  /// not looked at. Where nil is given, all are wanted.
  func read(
    _ bad: inout BadRows, where isWanted: ((Int64) -> Bool)?, _ body: (Block) throws -> Void
  ) throws

  /// The names of what new rows bring along.
  var columns: [String] { get }

  /// What new rows are called by: `row` or `file`, or both.
  var newNames: [String] { get }

  /// Calls `body` with every row in order, also with those that cannot be read.
  func readNew(_ body: (NewRowBlock) throws -> Void) throws
}

extension RowSource {
  package var warnings: [Diagnostic] { [] }
  package var remarks: [String] { [] }
  package var decisions: [String] { [] }
  package var isWeighted: Bool { false }
  package mutating func keepRows(in folder: String) {}
  package func sampled() throws -> SampledRows? { nil }
  package mutating func fit(trainingOn isTraining: (Int64) -> Bool) throws {}
}

/// Some rows of a source.
package struct SampledRows {
  package let source: any RowSource

  /// The part of all rows that they are, about; nil where it is not known.
  package let share: Double?

  /// Where the part is not known: fewer rows than this are all that there are.
  package static let mostFirst = FirstRows.usual
}
