/// How long it takes to make a dataset of a table.
struct TableReading: Question {
  /// `csv` or `parquet`.
  let format: String

  var name: String { format }
  var summary: String { "making a dataset of a \(format) table of a million rows" }
  let part = Part.data

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let file = try data.make("tables") + "/table.\(format)"
    let pipeline = """
      {pipeline: p, stages: {rows: {load: {\(format): \(file), target: kind}}}}
      """
    let comparison = try bench.compare(
      name, data.anneal(bench.anneal, pipeline, stage: "rows"),
      [
        data.peer("polars", data.script("read_table", "polars", file, "rows.arrow")),
        data.peer("pandas", data.script("read_table", "pandas", file, "rows.arrow")),
      ])
    return Section(
      title: "A \(format == "csv" ? "CSV" : "Parquet") table to a dataset",
      text: """
        A million rows of 22 columns: 16 numbers, of which four have gaps, two whole numbers, three
        categories and a class. Anneal's stage reads it, decides what the columns are, splits the rows and
        leaves a dataset in its store with digests of all that it read and wrote; the peers read it and write
        it as uncompressed Arrow IPC, each in a process of its own. pandas reads with Arrow's readers, which
        are its fastest.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [
        RatioCheck(subject: "\(format) to dataset", target: 1, peer: comparison.peers[0]),
        RatioCheck(subject: "\(format) to dataset", target: 1.5, peer: comparison.peers[1]),
      ])
  }
}
