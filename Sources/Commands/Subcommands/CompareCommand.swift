internal import Diagnostics
internal import Records
internal import YAML

/// `anneal compare`: runs side by side.
struct CompareCommand: Command {
  var runs: [String] = []
  var store: String?
  var json = false

  static let name = "compare"
  static let summary = "Shows how runs differ: settings, metrics, environment, times."
  static let discussion =
    "The older run comes first, and the difference is what the newer one has more. A run alone is "
    + "compared with the last one, and without any the last two are compared."

  static var parameters: [Parameter<Self>] {
    arguments("RUN", \.runs, "Runs: names, their beginnings, tags, 'last' or 'last~1'.")
    storeOption(\.store, insteadOf: .inReach)
    flag("json", \.json, "Print the comparison as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let place = try RunPlace(store: store)
    let ledger = place.ledger
    let comparison = RunComparison(
      try chosen(from: place).sorted { $0.started < $1.started }
        .map { run in (run, try ledger.stages(of: run.id)) })
    if json { console.write(comparison.value) } else { comparison.write(to: console) }
    return .done
  }

  /// The runs that are named, and the last one or the one before it where that leaves one alone.
  private func chosen(from place: RunPlace) throws -> [RunRecord] {
    var chosen = try runs.map { try place.run(named: $0) }
    if chosen.isEmpty { chosen = [try place.run(named: "last")] }
    guard let only = chosen.first, chosen.count == 1 else { return chosen }
    let last = try place.run(named: "last")
    if last.id != only.id { return [only, last] }
    guard let before = try place.ledger.runs(named: "\(only.id)~1").first else {
      throw UsageError(
        "there is no run before \(only.id) to compare it with", remedy: "'anneal runs' lists them")
    }
    return [before, only]
  }
}
