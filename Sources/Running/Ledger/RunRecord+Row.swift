internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Pipeline

extension RunRecord {
  static let columns =
    "id, pipeline, file, seed, numerics, machine, started, finished, status, problems"

  /// Reads a row that has `columns`.
  init(_ row: SQLRow) throws(Diagnostic) {
    id = try row.text("id")
    pipeline = try row.text("pipeline")
    file = try row.text("file")
    seed = try row.integer("seed")
    numerics = NumericsMode(rawValue: try row.text("numerics")) ?? .native
    machine = try row.decoded("machine", as: Machine.self)
    started = Date(timeIntervalSince1970: try row.real("started"))
    finished = try row.optionalReal("finished").map { Date(timeIntervalSince1970: $0) }
    status = RunStatus(rawValue: try row.text("status")) ?? .running
    problems = try row.decoded("problems", as: [Diagnostic].self)
  }
}
