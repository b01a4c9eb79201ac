internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Reports
internal import Search
internal import YAML

/// The file in which a search leaves what it found: a profile for the best trial, or for each of the front.
struct FoundProfile {
  private let request: Running
  private let record: SearchRecord
  private let spec: SearchSpec
  private let trials: [Trial]

  /// What is needed of the request.
  struct Running {
    let name: String
    let file: String
    let profiles: [String]
    let overrides: [String]
  }

  /// What the first line of such a file begins with.
  static let mark = "# Written by anneal search"

  init(_ request: Running, _ record: SearchRecord, _ spec: SearchSpec, _ trials: [Trial]) {
    self.request = request
    self.record = record
    self.spec = spec
    self.trials = trials
  }

  /// `digits@smallest.yaml` beside `digits.yaml`.
  var path: String { ProfileFiles.path(for: request.file, profile: request.name) }

  /// The best trials with the names of their profiles.
  var named: [(name: String, trial: Trial)] {
    let front = TrialRanking(spec).front(of: trials)
    if spec.goals.count == 1 { return front.prefix(1).map { (request.name, $0) } }
    return front.map { ("\(request.name)-\($0.number)", $0) }
  }

  /// The file's text; nil where no trial is within all bounds.
  var text: String? {
    guard !named.isEmpty else { return nil }
    let done = trials.count { $0.state == .complete }
    var lines = [
      "\(Self.mark) \(request.file.lastName) \(request.name): \(record.id)",
      "# \(trials.count.counted("trial")), \(done) complete; \(record.ending)",
    ]
    let goals = spec.goals.map { ($0.isMaximized ? "maximize " : "minimize ") + $0.metric }
    let bounds = spec.bounds.map {
      "\($0.metric) \($0.isFloor ? ">=" : "<=") \($0.limit)"
    }
    lines.append("# " + (goals + bounds).joined(separator: ", "))
    let changed =
      request.profiles.map { "--profile \($0)" } + request.overrides.map { "--set \($0)" }
    if !changed.isEmpty { lines.append("# searched with \(changed.joined(separator: " "))") }
    lines += ["# anneal run \(request.file.lastName) --profile \(named[0].name)", "profiles:"]
    for (name, trial) in named {
      lines.append("  # trial \(trial.number)")
      for metric in spec.metrics {
        guard let figure = trial.figures[metric] else { continue }
        lines.append("  #   \(metric): \(figure)")
      }
      lines.append("  \(name):")
      for (path, value) in trial.point.assignments(in: spec.parameters) {
        lines.append("    \(YAMLEmitter.inline(.string(path))): \(YAMLEmitter.inline(value))")
      }
    }
    return lines.map(\.onOneLine).joined(separator: "\n") + "\n"
  }

  /// Writes the file, unless one stands there that no search wrote.
  ///
  /// - Returns: what kept it from being written.
  func write() throws(Diagnostic) -> Diagnostic? {
    guard let text else { return nil }
    if try FileStatus(of: path) != nil {
      let before = String(decoding: try Folder.contents(of: path), as: UTF8.self)
      guard before.hasPrefix(Self.mark) else {
        return Diagnostic(
          "'\(path)' was not written by a search and is left as it is", severity: .warning,
          remedy: "give it another name, then search again; trials are not made again")
      }
      if before == text { return nil }
    }
    try Folder.replaceFile(path, with: Array(text.utf8))
    return nil
  }
}
