package import Artifacts
package import Diagnostics
internal import YAML

extension Ledger {
  /// The names of the latest runs of each pipeline, of all that have a tag, and of those that searches have
  /// come to. Other trials of searches are kept by nothing, and keep no run away.
  func runsToKeep(latest: Int) throws(Diagnostic) -> Set<String> {
    let tagged = version < 2 ? "" : "UNION SELECT run FROM tags"
    let found =
      version < Self.searchVersion
      ? "" : "UNION SELECT value FROM searches, json_each(searches.definition, '$.kept')"
    let own = version < 2 ? "1" : "coalesce(json_extract(environment, '$.trial'), '') = ''"
    let kept = try rows(
      """
      SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY pipeline ORDER BY number DESC) AS age
        FROM runs WHERE \(own)) WHERE age <= ? \(tagged) \(found)
      """, [.integer(latest)])
    var runs: Set<String> = []
    for row in kept { runs.insert(try row.text("id")) }
    return runs
  }

  func outputs(of runs: Set<String>) throws(Diagnostic) -> Set<Digest> {
    Set(try outputsByRun().filter { runs.contains($0.run) }.map(\.output))
  }

  /// The artifact of every result.
  package func allOutputs() throws(Diagnostic) -> Set<Digest> {
    var outputs: Set<Digest> = []
    for row in try rows("SELECT DISTINCT output FROM results") {
      outputs.insert(try row.digest("output"))
    }
    return outputs
  }

  /// The artifact of every stage of every run, newest run first.
  func outputsByRun() throws(Diagnostic) -> [StoreCollection.Dropped] {
    let found = try rows(
      """
      SELECT stages.run, stages.address, results.output
      FROM runs JOIN stages ON stages.run = runs.id JOIN results ON results.id = stages.result
      ORDER BY runs.number DESC, stages.position
      """)
    var outputs: [StoreCollection.Dropped] = []
    for row in found {
      outputs.append(
        StoreCollection.Dropped(
          run: try row.text("run"), address: try row.text("address"),
          output: try row.digest("output")))
    }
    return outputs
  }

  /// Has later runs take up, for each key whose result goes, the newest result of another run that stays.
  ///
  /// - Parameter outputs: the artifacts that stay.
  func takeUp(_ outputs: Set<Digest>) throws(Diagnostic) {
    let kept = Value.array(outputs.sorted().map { .string($0.hex) })
    try rows(
      """
      WITH kept AS (SELECT value AS output FROM json_each(?)),
        better AS (
          SELECT key, id, max(finished) FROM results WHERE output IN (SELECT output FROM kept)
          GROUP BY key)
      UPDATE latest SET result = (SELECT id FROM better WHERE better.key = latest.key)
      WHERE key IN (SELECT key FROM better)
        AND (SELECT output FROM results WHERE id = latest.result) NOT IN (SELECT output FROM kept)
      """, [.json(kept)])
  }

  /// The pipeline files that runs were of: by absolute paths, or as they were named where older records
  /// do not tell more.
  func pipelineFiles() throws(Diagnostic) -> [String] {
    let column = version < 2 ? "file" : "CASE path WHEN '' THEN file ELSE path END"
    var files: [String] = []
    for row in try rows("SELECT DISTINCT \(column) AS place FROM runs ORDER BY place") {
      files.append(try row.text("place"))
    }
    return files
  }

  /// When the earliest of some runs began, in seconds since 1970.
  func earliestStart(of runs: Set<String>) throws(Diagnostic) -> Double {
    var earliest = 0.0
    for row in try rows("SELECT id, started FROM runs ORDER BY started DESC")
    where runs.contains(try row.text("id")) {
      earliest = try row.real("started")
    }
    return earliest
  }
}
