internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Processes
internal import YAML

/// What the files of a load stage hold, read by a process of its own.
struct DataTable {
  private let stage: String
  private let found: Value

  /// What was said about the files, for people.
  let remarks: String

  /// Whether the stage would load them.
  let isRight: Bool

  /// - Parameter allRows: Whether every row is read, and not some of many.
  init(_ instance: StageInstance, allRows: Bool = false) throws(Diagnostic) {
    stage = instance.address
    let options = allRows ? ["--all-rows"] : []
    let finished = try OwnProcess.run(
      [InspectCommand.name] + options + [
        "--", instance.directory, instance.settings.value.canonicalJSON,
      ])
    var errors = finished.errors[...]
    while errors.last == UInt8(ascii: "\n") { errors.removeLast() }
    remarks = String(decoding: errors, as: UTF8.self)
    isRight = finished.ending == .exited(0)
    if case .signalled = finished.ending {
      throw Diagnostic(
        "reading the files of stage '\(stage)' was ended by \(finished.ending)",
        remedy: "run 'anneal doctor'")
    }
    found = (try? Value(parsingJSON: finished.output, file: "data")) ?? .null
  }

  var value: Value { found.merging(["stage": .string(stage)]) }

  var text: String {
    let rows = found["table"]?.array ?? []
    func cells(_ value: Value) -> [String] { (value.array ?? []).compactMap(\.string) }
    guard !rows.isEmpty, let headings = found["headings"] else { return "" }
    let table = TextTable(headings: cells(headings), rows: rows.map(cells))
    let decisions = cells(found["decisions"] ?? []).map { "\n\($0)" }.joined()
    return "\(stage): \(extent)\n\(table.text)\(decisions)"
  }

  /// How many rows there are, or about how many, and what the table is of.
  private var extent: String {
    let rows = found["rows"]?.int ?? 0
    let counted = "\(rows) \(rows == 1 ? "row" : "rows")"
    guard found["sampled"]?.bool == true else { return counted }
    guard let share = found["share"]?.double, share > 0 else {
      return "the first \(counted); --all-rows reads every one"
    }
    let all = Self.rounded(Double(rows) / share)
    return
      "about \(all) rows, of which \(rows) from everywhere are looked at; --all-rows reads every one"
  }

  /// The number with two digits that count.
  private static func rounded(_ number: Double) -> Int {
    var unit = 1.0
    while number / unit >= 100 { unit *= 10 }
    return Int((number / unit).rounded() * unit)
  }
}
