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

  init(_ instance: StageInstance) throws(Diagnostic) {
    stage = instance.address
    let finished = try OwnProcess.run([
      InspectCommand.name, "--", instance.directory, instance.settings.value.canonicalJSON,
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
    let count = found["rows"]?.int ?? 0
    let table = TextTable(headings: cells(headings), rows: rows.map(cells))
    return "\(stage): \(count) \(count == 1 ? "row" : "rows")\n\(table.text)"
  }
}
