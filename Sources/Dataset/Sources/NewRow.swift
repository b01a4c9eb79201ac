package import Diagnostics
package import YAML

/// A row that a model is to answer for, as its file has it.
package struct NewRow: Sendable {
  /// How answers name the row: `row` or `file`, or both.
  package var name: Value

  /// How messages name it, such as `row 3`.
  package var label: String

  /// Where it stands, in files of lines.
  package var place: SourceRange?

  /// What the row brings along, in the order of its source's columns.
  package var cells: [String] = []

  /// The class code or the values that are right, or 1 for each label that is; empty where the row does
  /// not tell.
  package var truths: [Float] = []

  /// The class code or the value that is right, where the row tells a single one.
  package var truth: Float? {
    get { truths.count == 1 ? truths[0] : nil }
    set { truths = newValue.map { [$0] } ?? [] }
  }

  /// Why the row tells nothing that an answer could be held against, although it is meant to.
  package var doubt: String?

  /// What is read otherwise than it is written, such as a text that is none of a category's.
  package var remarks: [String] = []

  /// Why the row cannot be read.
  package var problem: Diagnostic?

  package init(name: Value, label: String, place: SourceRange? = nil) {
    self.name = name
    self.label = label
    self.place = place
  }

  /// A problem of this row, at its place.
  package func problem(_ fact: String, remedy: String? = nil) -> Diagnostic {
    // What is wrong with a file names it already.
    let named = fact.hasPrefix(label + ": ") ? fact : "\(label): \(fact)"
    let problem = Diagnostic(named, at: place)
    return remedy.map { problem.adding(remedy: $0) } ?? problem
  }
}

/// Some new rows in their order, and the values of those that can be read.
package struct NewRowBlock: Sendable {
  package var rows: [NewRow] = []

  /// The rows without a problem, in their order.
  package var block: Block

  package init(rows: [NewRow] = [], block: Block) {
    self.rows = rows
    self.block = block
  }
}
