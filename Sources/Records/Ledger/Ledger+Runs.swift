internal import Artifacts
package import Diagnostics
internal import YAML

extension Ledger {
  /// The latest runs, newest first.
  ///
  /// - Parameters:
  ///   - pipeline: the name of the only pipeline to look at, if any.
  ///   - path: the absolute path of the only pipeline file to look at, if any.
  ///   - tag: a tag that all of them have, if any.
  ///   - withTrials: whether the runs of searches' trials count.
  package func runs(
    of pipeline: String? = nil, at path: String? = nil, tagged tag: String? = nil,
    withTrials: Bool = true, limit: Int = 100
  ) throws(Diagnostic) -> [RunRecord] {
    if version < 2, tag != nil || path != nil { return [] }
    var conditions = ["?1 IS NULL OR pipeline = ?1"]
    if path != nil { conditions.append("path = ?3") }
    if !withTrials, version >= 2 {
      conditions.append("coalesce(json_extract(environment, '$.trial'), '') = ''")
    }
    if tag != nil { conditions.append("id IN (SELECT run FROM tags WHERE name = ?4)") }
    let found = try rows(
      """
      SELECT \(columns) FROM runs WHERE \(conditions.map { "(\($0))" }.joined(separator: " AND "))
      ORDER BY number DESC LIMIT ?2
      """,
      [.optional(pipeline), .integer(limit)] + (path != nil || tag != nil ? [.optional(path)] : [])
        + (tag != nil ? [.optional(tag)] : []))
    var runs: [RunRecord] = []
    for row in found { runs.append(try run(row)) }
    return runs
  }

  /// How many runs are trials of searches.
  package func countOfTrialRuns(at path: String? = nil) throws(Diagnostic) -> Int {
    guard version >= Self.searchVersion else { return 0 }
    return try rows(
      """
      SELECT count(*) AS count FROM runs
      WHERE json_extract(environment, '$.trial') IS NOT NULL AND (?1 IS NULL OR path = ?1)
      """, [.optional(path)]
    ).first?.integer("count") ?? 0
  }

  /// The run that a word means: `last`, its name, the beginning of its name, a tag, which means the
  /// latest run that has it, or a trial such as `smallest.7`; with `~2` at its end the second before it of the same pipeline file.
  package func run(named word: String) throws(Diagnostic) -> RunRecord {
    let found = try runs(named: word)
    if let run = found.first, found.count == 1 { return run }
    if found.isEmpty, let earlier = RunsBefore(word),
      let start = try runs(named: earlier.word).first
    {
      throw Diagnostic(
        "there are fewer than \(earlier.count) runs of '\(start.pipeline)' before \(start.id)",
        remedy: "'anneal runs' lists all; '~' counts those of the same pipeline file")
    }
    throw Diagnostic(
      found.isEmpty ? "there is no run '\(word)'" : "several runs begin with '\(word)'",
      remedy: "'anneal runs' lists them; 'last' means the latest")
  }

  /// The runs that a word may mean, two at most.
  package func runs(named word: String) throws(Diagnostic) -> [RunRecord] {
    if word == "last", let last = try runs(limit: 1).first { return [last] }
    let found = try rows(
      "SELECT \(columns) FROM runs WHERE substr(id, 1, length(?1)) = ?1 LIMIT 2", [.text(word)])
    if found.count != 1, let tagged = try runs(tagged: word, limit: 1).first { return [tagged] }
    if found.isEmpty, let run = try runOfTrial(word) { return try runs(named: run) }
    if found.isEmpty, let earlier = RunsBefore(word) { return try runs(earlier) }
    return try found.map { row throws(Diagnostic) in try run(row) }
  }

  private func runs(_ earlier: RunsBefore) throws(Diagnostic) -> [RunRecord] {
    let found = try runs(named: earlier.word)
    guard let start = found.first, found.count == 1, earlier.count > 0 else { return found }
    let path = version < 2 ? "''" : "path"
    let rows = try rows(
      """
      SELECT \(columns) FROM runs
      WHERE pipeline = ?1 AND \(path) = ?2
        AND number < (SELECT number FROM runs WHERE id = ?3)
      ORDER BY number DESC LIMIT 1 OFFSET ?4
      """,
      [.text(start.pipeline), .text(start.path), .text(start.id), .integer(earlier.count - 1)])
    return try rows.map { row throws(Diagnostic) in try run(row) }
  }

  private var columns: String { RunRecord.query(ofVersion: version) }

  /// A run with the status that it has by now.
  private func run(_ row: SQLRow) throws(Diagnostic) -> RunRecord {
    var run = try RunRecord(row)
    guard run.status == .running, !RunMark.isHeld(run.id, in: layout) else { return run }
    // It may have ended between the two looks.
    let again = try rows("SELECT \(columns) FROM runs WHERE id = ?", [.text(run.id)])
    if let row = again.first { run = try RunRecord(row) }
    if run.status == .running { run.status = .interrupted }
    return run
  }
}

/// A word such as `last~2`: so many runs before the one that its beginning means.
private struct RunsBefore {
  let word: String
  let count: Int

  init?(_ word: String) {
    guard let mark = word.lastIndex(of: "~"), mark > word.startIndex else { return nil }
    let digits = word[word.index(after: mark)...]
    guard let count = digits.isEmpty ? 1 : Int(digits), count >= 0 else { return nil }
    self.word = String(word[..<mark])
    self.count = count
  }
}
