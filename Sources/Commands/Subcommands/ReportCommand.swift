internal import Artifacts
internal import Diagnostics
internal import Records
internal import Reports

/// `anneal report`: the page about a run.
struct ReportCommand: Command {
  var run: String? = "last"
  var output: String?
  var store: String?

  static let name = "report"
  static let summary = "Writes the page about a run anew from its record and prints the path."

  static var parameters: [Parameter<Self>] {
    argument(
      "RUN", \.run, "A run: its name, the beginning of it, a tag, 'last~1', or 'last', the default."
    )
    option("output", short: "o", \.output, "FILE", "Where to write it, instead of in the store.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    let place = try RunPlace(store: store)
    let run = try place.run(named: run ?? "last")
    let path = output ?? place.store.layout.report(of: run.id)
    let stages = try place.ledger.stages(of: run.id)
    let replaced = stages.filter(\.isReplaced).map(\.address)
    if output == nil, !replaced.isEmpty, try FileStatus(of: path) != nil {
      console.say([
        Diagnostic(
          "the page of run \(run.id) stays as it is: the records have only later results of "
            + replaced.joined(separator: ", "), severity: .warning,
          remedy: "write what the records have to another file, with --output")
      ])
      console.write(path)
      return .done
    }
    let page = RunPage(run, stages, in: place.store)
    try Folder.create(path.parentPath)
    try Folder.replaceFile(path, with: Array(page.html.utf8))
    console.write(path)
    return .done
  }
}
