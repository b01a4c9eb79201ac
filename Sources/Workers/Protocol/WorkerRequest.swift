internal import Diagnostics
internal import Pipeline
internal import YAML

/// What a runner tells a worker: one JSON object on a line of the worker's standard input.
enum WorkerRequest: Sendable {
  /// Run a job, with standard output and standard error added to the file `log`.
  case run(StageJob, log: String)
  /// Open what a stage of a kind uses: a job of it is likely to come.
  case prepare(String)
  /// Stop the running job at its next convenient point.
  case cancel

  /// Reads a line.
  init(parsing line: some Collection<UInt8>) throws {
    let value = try Value(parsingJSON: line, file: "<command>")
    switch value["command"]?.string {
    case "run":
      guard let job = value["job"], let log = value["log"]?.string else {
        throw Diagnostic("the command 'run' lacks its job or its log")
      }
      self = .run(try StageJob(transmitted: job), log: log)
    case "prepare":
      guard let kind = value["kind"]?.string else {
        throw Diagnostic("the command 'prepare' lacks its kind")
      }
      self = .prepare(kind)
    case "cancel": self = .cancel
    default: throw Diagnostic("'\(value["command"] ?? .null)' is not a command for a worker")
    }
  }

  /// The line that says it, with its line feed.
  func line() throws -> [UInt8] {
    let value: Value =
      switch self {
      case .run(let job, let log):
        ["command": "run", "job": try job.transmitted(), "log": .string(log)]
      case .prepare(let kind): ["command": "prepare", "kind": .string(kind)]
      case .cancel: ["command": "cancel"]
      }
    return Array((value.canonicalJSON + "\n").utf8)
  }
}

extension StageJob {
  /// Every number of the job exactly: settings keep `1.0` apart from `1`, and the seed has 64 bits,
  /// which do not fit an integer of `Value`.
  fileprivate func transmitted() throws -> Value {
    var plain = self
    plain.seed = 0
    plain.settings = .null
    var value = try Value(encoding: plain)
    value["settings"] = settings
    value["seed-text"] = .string(String(seed))
    return value
  }

  fileprivate init(transmitted value: Value) throws {
    self = try value.decoded(as: StageJob.self, from: "job")
    guard let seed = value["seed-text"]?.string.flatMap({ UInt64($0) }) else {
      throw Diagnostic("the job has no seed")
    }
    self.seed = seed
    settings = value["settings"] ?? .null
  }
}
