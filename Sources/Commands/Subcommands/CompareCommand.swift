internal import Diagnostics
internal import Records
internal import YAML

/// `anneal compare`: runs side by side.
struct CompareCommand: Command {
  var runs: [String] = []
  var store: String?
  var json = false

  static let name = "compare"
  static let summary = "Shows how runs differ: settings, metrics, times, environment."

  static var parameters: [Parameter<Self>] {
    arguments("RUN", \.runs, "Two or more runs: names, their beginnings, tags, or 'last'.")
    storeOption(\.store, insteadOf: .inReach)
    flag("json", \.json, "Print the comparison as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard runs.count >= 2 else {
      throw UsageError("'compare' needs two runs", remedy: "'anneal runs' lists them")
    }
    let place = try RunPlace(store: store)
    let ledger = place.ledger
    let comparison = RunComparison(
      try runs.map { word in
        let run = try place.run(named: word)
        return (run, try ledger.stages(of: run.id))
      })
    if json { console.write(comparison.value) } else { console.write(comparison.text) }
    return .done
  }
}
