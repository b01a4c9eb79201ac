internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Pipeline
internal import YAML

extension Ledger {
  /// The run of just this name.
  func run(withID id: String) throws(Diagnostic) -> RunRecord? {
    let found = try rows(
      "SELECT \(RunRecord.query(ofVersion: version)) FROM runs WHERE id = ?", [.text(id)])
    return try found.first.map { row throws(Diagnostic) in try RunRecord(row) }
  }

  /// The rows of a run as they stand in the tables.
  func archive(_ run: RunRecord, pipelineFile: String) throws(Diagnostic) -> RunArchive {
    func values(_ rows: [SQLRow]) -> [Value] {
      rows.map { row in .object(row.columns.mapValues(\.value)) }
    }
    let record = try rows(
      "SELECT \(RunRecord.query(ofVersion: version)) FROM runs WHERE id = ?", [.text(run.id)])
    var archive = RunArchive(run: values(record).first ?? [:], pipelineFile: pipelineFile)
    archive.stages = values(
      try rows(
        "SELECT position, result, record FROM stages WHERE run = ? ORDER BY position",
        [.text(run.id)]))
    archive.results = values(
      try rows(
        """
        SELECT \(StageResult.columns) FROM results
        WHERE id IN (SELECT result FROM stages WHERE run = ?) ORDER BY key, id
        """, [.text(run.id)]))
    return archive
  }
}

extension RunArchive {
  /// The rows decoded, which checks them.
  func records(
    from file: String
  ) throws(Diagnostic) -> (
    run: RunRecord, stages: [(position: Int, record: StageRecord)], results: [StageResult]
  ) {
    do throws(Diagnostic) {
      let runRow = Self.row(run, file)
      try runRow.checkBounds(quantities: [], dates: ["started", "finished"])
      let run = try RunRecord(runRow)
      let isPlain = run.id.utf8.allSatisfy { byte in
        Character(UnicodeScalar(byte)).isHexDigit || byte == UInt8(ascii: "-")
      }
      guard isPlain, (10...64).contains(run.id.utf8.count) else {
        throw Diagnostic("the run's name '\(run.id)' is not one")
      }
      var found: [String: StageResult] = [:]
      for value in results {
        let row = Self.row(value, named: value["id"] ?? value["key"], file)
        try row.checkBounds(
          quantities: ["seconds", "cpu_seconds", "peak_memory", "size"], dates: ["finished"])
        let result = try StageResult(row)
        guard StageKey.digest(of: result.ingredients) == result.key else {
          throw Diagnostic("the key \(result.key.short) is not that of its ingredients")
        }
        found[result.id] = result
      }
      var records: [(Int, StageRecord)] = []
      for value in stages {
        let row = Self.row(value, file)
        var stage = try row.decoded("record", as: StageRecord.self)
        if row.columns["result"] != .null { stage.result = found[try row.text("result")] }
        records.append((try row.integer("position"), stage))
      }
      return (run, records, found.values.sorted { $0.id < $1.id })
    } catch {
      throw Diagnostic(
        "the records in '\(file)' cannot be used: \(error.message)", remedy: "export the run again")
    }
  }

  /// - Parameter id: the name of a result.
  private static func row(_ value: Value, named id: Value? = nil, _ file: String) -> SQLRow {
    var members = value.object ?? [:]
    if let id { members["id"] = id }
    return SQLRow(file: file, columns: members.mapValues { SQLValue($0) })
  }
}

extension SQLValue {
  fileprivate var value: Value {
    switch self {
    case .null: .null
    case .integer(let number): .int(number)
    case .real(let number): .double(number)
    case .text(let text): .string(text)
    }
  }

  fileprivate init(_ value: Value) {
    switch value {
    case .int(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .null, .bool, .array, .object: self = .null
    }
  }
}
