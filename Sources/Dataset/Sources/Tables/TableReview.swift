internal import Diagnostics

/// What the columns of a table show that their user should know.
struct TableReview {
  let columns: [SurveyedColumn]

  /// The first columns of a list that is named in one message.
  private static let mostNamed = 6

  /// A message of each kind is given for so many columns.
  private static let mostWarnings = 10

  /// Texts that an option makes readable, in all columns.
  var mistakes: [Diagnostic] { columns.flatMap(\.mistakes) }

  /// The columns whose texts are spoken of, which what they have in common need not be.
  var told: Set<String> { Set(columns.filter { $0.lookWarning != nil }.map(\.name)) }

  var warnings: [Diagnostic] {
    var found = columns.flatMap(\.warnings)
    if columns.count(where: { $0.use == .feature }) > 1 {
      found += columns.compactMap(\.countWarning)
    }
    let features = columns.filter { $0.use == .feature }
    return Self.few(found)
      + [
        listing(features.filter(\.isEmpty), "have no value in any row", "has no value in any row"),
        listing(
          features.filter(\.isConstant), "have the same number in every row that has one",
          "has the same number in every row that has one"),
      ].compactMap { $0 }
  }

  /// The first of many warnings, the last of them with how many more there are.
  static func few(_ warnings: [Diagnostic]) -> [Diagnostic] {
    let rest = warnings.count - mostWarnings
    guard rest > 0 else { return warnings }
    var first = Array(warnings.prefix(mostWarnings))
    first[first.count - 1].notes.append(
      Note("and \(rest) more such \(rest == 1 ? "column" : "columns")"))
    return first
  }

  /// One message for all columns that have something in common.
  private func listing(
    _ columns: [SurveyedColumn], _ many: String, _ one: String
  ) -> Diagnostic? {
    guard let first = columns.first else { return nil }
    let named = columns.prefix(Self.mostNamed).map(\.name)
    let names = named.map(\.written).joined(separator: ", ")
    let isOne = columns.count == 1
    let isMore = columns.count > Self.mostNamed
    let all = isMore ? "\(names), …" : names
    let choice = ColumnChoice.leavingOut(named, andMore: isMore)
    return Diagnostic(
      isOne ? "the column '\(first.name)' \(one)" : "\(columns.count) columns \(many): \(all)",
      at: first.place, severity: .warning,
      remedy: isOne
        ? "`\(choice)` leaves it out" : "`\(choice)` leaves them out")
  }
}
