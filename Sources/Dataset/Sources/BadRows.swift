package import Diagnostics
internal import Options

/// Rows that cannot be used, each with its place and cause: an error, or counted and skipped.
package struct BadRows: Sendable {
  /// What becomes of a row that cannot be read.
  package enum Policy: String, NamedOption {
    case error
    case skip

    package var summary: String {
      switch self {
      case .error: "Fail, with the place and cause of each."
      case .skip: "Leave it out; they are counted and listed."
      }
    }
  }

  package let policy: Policy

  /// How many there are.
  package private(set) var count = 0

  /// The first of them.
  package private(set) var listed: [Diagnostic] = []

  /// How many are kept with their place and cause.
  private static let mostListed = 100

  /// Errors beyond this many are not looked for.
  private static let mostErrors = 20

  package init(_ policy: Policy) {
    self.policy = policy
  }

  /// Counts a row; as errors, many end the search.
  package mutating func add(_ problem: Diagnostic) throws(Diagnostics) {
    count += 1
    if listed.count < Self.mostListed { listed.append(problem) }
    if policy == .error && count >= Self.mostErrors { try throwIfErrors() }
  }

  /// Counts rows of which the first are given.
  mutating func add(_ problems: [Diagnostic], of total: Int) throws(Diagnostics) {
    for problem in problems { try add(problem) }
    count += total - problems.count
  }

  /// Throws all that were found, where they are errors.
  package func throwIfErrors() throws(Diagnostics) {
    guard policy == .error, let first = listed.first else { return }
    var problems = Diagnostics(listed.dropLast())
    let last = listed.last ?? first
    var notes = last.notes
    if count >= Self.mostErrors {
      notes.append(Note("at least \(count) rows are bad; the rest was not read"))
    }
    notes.append(Note("`bad-rows: skip` leaves such rows out and counts them"))
    problems.add(Diagnostic(last.message, at: last.range, notes: notes))
    throw problems
  }
}
