internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import YAML

extension StageResult {
  static let columns =
    "results.id, results.key, output, seed, ingredients, metrics, numerics, resources, threads, "
    + "seconds, cpu_seconds, peak_memory, size, results.finished, origin"

  /// What follows `INSERT` to add a row of `values`.
  static let insertion =
    "INTO results (\(columns.replacing("results.", with: ""))) "
    + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

  /// Reads a row that has `columns`.
  init(_ row: SQLRow) throws(Diagnostic) {
    id = try row.text("id")
    key = try row.digest("key")
    ingredients = try row.json("ingredients")
    output = try row.digest("output")
    seed = UInt64(try row.text("seed")) ?? 0
    metrics = try row.json("metrics")
    numerics = try row.decoded("numerics", as: Numerics.self)
    resources = try row.decoded("resources", as: Resources.self)
    seconds = try row.quantity("seconds")
    cpuSeconds = try row.quantity("cpu_seconds")
    peakMemory = Int(try row.quantity("peak_memory"))
    size = Int(try row.quantity("size"))
    finished = try row.date("finished")
    // Archives of older programs do not tell.
    origin = ResultOrigin(row.columns["origin"] == nil ? [:] : try row.json("origin"))
  }

  /// The values in the order of `columns`.
  var values: [SQLValue] {
    get throws {
      [
        .text(id), .text(key.hex), .text(output.hex), .text(String(seed)), .json(ingredients),
        .json(metrics), .json(try Value(encoding: numerics)), .json(try Value(encoding: resources)),
        .integer(resources.threads), .real(seconds), .real(cpuSeconds), .integer(peakMemory),
        .integer(size), .real(finished.timeIntervalSince1970), .json(origin.value),
      ]
    }
  }
}
