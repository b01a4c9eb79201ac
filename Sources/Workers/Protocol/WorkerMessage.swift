internal import Diagnostics
internal import Pipeline
internal import YAML

/// What a worker tells its runner: one JSON object on a line of descriptor 3.
enum WorkerMessage: Sendable {
  /// The job has been taken up; what goes wrong from here on is the job's.
  case begun
  case event(WorkerEvent)
  case done(WorkerResult)
  case failed(Diagnostics)
  /// The work is done, but what was made cannot be taken.
  case refused(Diagnostic)
  /// The job stopped because it was told to.
  case cancelled

  /// Reads a line.
  init(parsing line: some Collection<UInt8>) throws {
    let value = try Value(parsingJSON: line, file: "<event>")
    let payload = value["payload"] ?? .null
    switch value["event"]?.string {
    case "begun": self = .begun
    case "progress": self = .event(.progress(try payload.decoded(as: StageProgress.self)))
    case "metrics": self = .event(.metrics(payload))
    case "measured":
      self = .event(.measured(try payload.decoded(as: StageMeasurement.self)))
    case "log": self = .event(.log(payload.string ?? ""))
    case "warning": self = .event(.warning(try payload.decoded(as: Diagnostic.self)))
    case "failed": self = .failed(Diagnostics(try payload.decoded(as: [Diagnostic].self)))
    case "refused": self = .refused(try payload.decoded(as: Diagnostic.self))
    case "cancelled": self = .cancelled
    case "done":
      var result = try payload.decoded(as: WorkerResult.self)
      result.metrics = payload["metrics"] ?? .null
      self = .done(result)
    default: throw Diagnostic("'\(value["event"] ?? .null)' is not an event of a worker")
    }
  }

  /// The line that says it, with its line feed.
  func line() throws -> [UInt8] {
    let (name, payload) = try content()
    let value: Value = ["event": .string(name), "payload": payload]
    return Array((value.canonicalJSON + "\n").utf8)
  }

  private func content() throws -> (String, Value) {
    switch self {
    case .begun: return ("begun", .null)
    case .event(.progress(let progress)): return ("progress", try Value(encoding: progress))
    case .event(.metrics(let values)): return ("metrics", values)
    case .event(.measured(let measurement)): return ("measured", try Value(encoding: measurement))
    case .event(.log(let line)): return ("log", .string(line))
    case .event(.warning(let warning)): return ("warning", try Value(encoding: warning))
    case .failed(let problems): return ("failed", try Value(encoding: problems.all))
    case .refused(let problem): return ("refused", try Value(encoding: problem))
    case .cancelled: return ("cancelled", .null)
    case .done(let result):
      var payload = try Value(encoding: result)
      // Taken as it is, so that `1.0` stays apart from `1`.
      payload["metrics"] = result.metrics
      return ("done", payload)
    }
  }
}
