internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline

extension RunRecord {
  /// The columns of the table, without what people say of a run.
  static let columns =
    "id, pipeline, file, path, seed, numerics, machine, started, finished, status, problems, "
    + "environment"

  /// What a query of runs asks for.
  ///
  /// - Parameter version: of the tables; what an older program did not keep is empty.
  static func query(ofVersion version: Int) -> String {
    if version < 2 {
      return "id, pipeline, file, '' AS path, seed, numerics, machine, started, finished, status, "
        + "problems, '{}' AS environment, '' AS note, '[]' AS tags"
    }
    return columns + ", note, (SELECT json_group_array(name) FROM "
      + "(SELECT name FROM tags WHERE run = runs.id ORDER BY name)) AS tags"
  }

  /// Reads a row that `query` gave.
  init(_ row: SQLRow) throws(Diagnostic) {
    id = try row.text("id")
    pipeline = try row.text("pipeline")
    file = try row.text("file")
    path = try row.text("path")
    seed = try row.integer("seed")
    numerics = NumericsMode(rawValue: try row.text("numerics")) ?? .native
    machine = try row.decoded("machine", as: Machine.self)
    started = try row.date("started")
    finished = try row.optionalReal("finished") == nil ? nil : row.date("finished")
    status = RunStatus(rawValue: try row.text("status")) ?? .running
    problems = try row.decoded("problems", as: [Diagnostic].self)
    environment = RunEnvironment(try row.json("environment"))
    tags = try row.decoded("tags", as: [String].self)
    note = try row.text("note")
  }
}
