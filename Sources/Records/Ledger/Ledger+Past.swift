package import Diagnostics
package import Pipeline

extension Ledger {
  /// What the latest run that did a stage instance took.
  package struct PastStage: Sendable {
    package let address: String
    package let stage: String

    /// The number of that run; later ones have larger numbers.
    package let run: Int
    package let seconds: Double
    package let threads: Int

    /// In bytes; `nil` where it was not measured.
    package let peakMemory: Int?

    /// What the result was made with.
    package let resources: Resources
  }

  /// What trainings measured, as far as the latest results tell, each key once, the latest first.
  package func measuredChoices() throws(Diagnostic) -> [MeasuredChoice] {
    let rows = try rows(
      """
      SELECT resources FROM results WHERE json_extract(resources, '$.choice') IS NOT NULL
      ORDER BY finished DESC LIMIT 256
      """)
    var keys: Set<String> = []
    let choices = try rows.map { row throws(Diagnostic) in
      try row.decoded("resources", as: Resources.self).choice
    }
    return choices.compactMap { $0 }.filter { keys.insert($0.key).inserted }
  }

  /// The latest result of each stage instance of a pipeline, by address.
  package func latestStages(of pipeline: String) throws(Diagnostic) -> [PastStage] {
    let rows = try rows(
      """
      SELECT stages.address, stages.stage, max(runs.number) AS run, results.seconds,
        results.threads, results.peak_memory, results.resources
      FROM runs JOIN stages ON stages.run = runs.id JOIN results ON results.id = stages.result
      WHERE runs.pipeline = ? AND json_extract(results.origin, '$.accepted') IS NULL
      GROUP BY stages.address ORDER BY stages.address
      """, [.text(pipeline)])
    return try rows.map { row throws(Diagnostic) in
      let peak = Int(try row.quantity("peak_memory"))
      return PastStage(
        address: try row.text("address"), stage: try row.text("stage"),
        run: try row.integer("run"), seconds: try row.quantity("seconds"),
        threads: try row.integer("threads"), peakMemory: peak > 0 ? peak : nil,
        resources: try row.decoded("resources", as: Resources.self))
    }
  }
}
