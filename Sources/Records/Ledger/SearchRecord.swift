package import Diagnostics
package import FoundationEssentials
package import Pipeline
package import Search
package import YAML

/// A search as the ledger keeps it.
package struct SearchRecord: Sendable {
  package enum Status: String, Hashable, Sendable {
    /// It goes on, or its process was killed.
    case running
    case finished
    case stopped
  }

  /// Such as `search-20260314-150926-5c1f`.
  package var id: String
  package var name: String
  package var pipeline: String

  /// The pipeline file, absolute.
  package var path: String

  /// What it means, so that the same is continued and another begun.
  package var fingerprint: String
  package var started: Date
  package var finished: Date?
  package var status = Status.running

  /// Why it ended, in words.
  package var ending = ""

  /// What it varies and asks for, for reports: see `SearchRunner`.
  package var definition: Value = [:]

  package init(
    id: String, name: String, pipeline: String, path: String, fingerprint: String, started: Date
  ) {
    self.id = id
    self.name = name
    self.pipeline = pipeline
    self.path = path
    self.fingerprint = fingerprint
    self.started = started
  }

  package static func newID(at time: Date) -> String { "search-" + RunRecord.newID(at: time) }
}

extension SearchRecord {
  static let columns =
    "id, name, pipeline, path, fingerprint, started, finished, status, ending, definition"

  init(_ row: SQLRow) throws(Diagnostic) {
    self.init(
      id: try row.text("id"), name: try row.text("name"), pipeline: try row.text("pipeline"),
      path: try row.text("path"), fingerprint: try row.text("fingerprint"),
      started: try row.date("started"))
    finished = try row.optionalReal("finished") == nil ? nil : row.date("finished")
    status = Status(rawValue: try row.text("status")) ?? .running
    ending = try row.text("ending")
    definition = try row.json("definition")
  }

  fileprivate var values: [SQLValue] {
    [
      .text(id), .text(name), .text(pipeline), .text(path), .text(fingerprint),
      .real(started.timeIntervalSince1970), .optional(finished?.timeIntervalSince1970),
      .text(status.rawValue), .text(ending), .json(definition),
    ]
  }
}

extension Ledger {
  /// Records a search, or how it stands by now.
  package func record(_ search: SearchRecord) throws(Diagnostic) {
    try rows(
      """
      INSERT INTO searches (\(SearchRecord.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET finished = excluded.finished, status = excluded.status,
        ending = excluded.ending, definition = excluded.definition
      """, search.values)
  }

  /// Records a trial as it stands by now.
  package func record(_ trial: Trial, of search: String) throws(Diagnostic) {
    try rows(
      "INSERT OR REPLACE INTO trials (search, number, state, record) VALUES (?, ?, ?, ?)",
      [
        .text(search), .integer(trial.number), .text(trial.state.rawValue), .json(trial.value),
      ])
  }

  /// The searches of a pipeline file, or of all, the newest first.
  package func searches(
    at path: String? = nil, named name: String? = nil
  ) throws(Diagnostic) -> [SearchRecord] {
    guard version >= Self.searchVersion else { return [] }
    return try rows(
      """
      SELECT \(SearchRecord.columns) FROM searches
      WHERE (?1 IS NULL OR path = ?1) AND (?2 IS NULL OR name = ?2) ORDER BY sequence DESC
      """, [.optional(path), .optional(name)]
    ).map { row throws(Diagnostic) in try SearchRecord(row) }
  }

  /// The trials of a search by their numbers.
  package func trials(of search: String) throws(Diagnostic) -> [Trial] {
    guard version >= Self.searchVersion else { return [] }
    return try rows(
      "SELECT record FROM trials WHERE search = ? ORDER BY number", [.text(search)]
    ).map { row throws(Diagnostic) in
      guard let trial = Trial(try row.json("record")) else {
        throw Diagnostic(
          "the run records '\(path)' have a trial of '\(search)' that cannot be read",
          remedy: "begin the search anew with --anew")
      }
      return trial
    }
  }

  /// What the training that came to a result measured after each epoch, where that was kept.
  package func measurements(for result: StageResult) throws(Diagnostic) -> [StageMeasurement] {
    guard let run = result.run else { return [] }
    let address = String(result.id.dropFirst(run.count + 1))
    let found = try rows(
      "SELECT record FROM stages WHERE run = ? AND address = ?", [.text(run), .text(address)])
    return try found.first?.decoded("record", as: StageRecord.self).measured ?? []
  }

  /// The last run of a trial that a word such as `smallest.7` names, of the latest search of that name.
  func runOfTrial(_ word: String) throws(Diagnostic) -> String? {
    guard let dot = word.lastIndex(of: "."), let number = Int(word[word.index(after: dot)...]),
      let search = try searches(named: String(word[..<dot])).first
    else { return nil }
    return try trials(of: search.id).first { $0.number == number }?.runs.last
  }

  /// The version of the tables that searches came with.
  static let searchVersion = 5
}
