internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline
internal import YAML

extension StageResult {
  static let columns =
    "key, output, seed, ingredients, metrics, numerics, resources, threads, seconds, "
    + "cpu_seconds, peak_memory, size, results.finished"

  /// Reads a row that has `columns`.
  init(_ row: SQLRow) throws(Diagnostic) {
    key = try row.digest("key")
    ingredients = try row.json("ingredients")
    output = try row.digest("output")
    seed = UInt64(try row.text("seed")) ?? 0
    metrics = try row.json("metrics")
    numerics = try row.decoded("numerics", as: Numerics.self)
    resources = try row.decoded("resources", as: Resources.self)
    seconds = try row.real("seconds")
    cpuSeconds = try row.real("cpu_seconds")
    peakMemory = try row.integer("peak_memory")
    size = try row.integer("size")
    finished = Date(timeIntervalSince1970: try row.real("finished"))
  }

  /// The values in the order of `columns`.
  var values: [SQLValue] {
    get throws {
      [
        .text(key.hex), .text(output.hex), .text(String(seed)), .json(ingredients),
        .json(metrics), .json(try Value(encoding: numerics)), .json(try Value(encoding: resources)),
        .integer(resources.threads), .real(seconds), .real(cpuSeconds), .integer(peakMemory),
        .integer(size), .real(finished.timeIntervalSince1970),
      ]
    }
  }
}
