internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Records
internal import Reports
internal import Running
internal import Search
internal import YAML

/// What is left to do once a search has ended: its page, its profile, and a table of its trials.
struct SearchConclusion {
  private let request: SearchRequest
  private let summary: SearchSummary
  private let console: Console

  /// Where there are more, the table has only the best.
  private static let mostRows = 30

  init(_ request: SearchRequest, _ summary: SearchSummary, _ console: Console) {
    self.request = request
    self.summary = summary
    self.console = console
  }

  private var profile: FoundProfile {
    FoundProfile(
      .init(
        name: request.name, file: request.graph.file, profiles: request.invocation.profiles,
        overrides: request.invocation.overrides), summary.record, request.spec, summary.trials)
  }

  func write(json: Bool) throws {
    let page = SearchPage(summary.record, request.spec, summary.trials)
    let report = request.store.layout.report(ofSearch: summary.record.id)
    try Folder.create(report.parentPath)
    try Folder.replaceFile(report, with: Array(page.html.utf8))
    let warning = try profile.write()
    let isWritten = warning == nil && profile.text != nil
    if json {
      console.write(value(report, isWritten ? profile.path : nil))
    } else if console.verbosity != .quiet {
      console.write(table)
    }
    if let warning { console.say([warning]) }
    tell(isWritten)
    console.say("report: \(report)")
  }

  private var table: TextTable {
    let table = TrialTable(request.spec, summary.trials)
    let rows = table.rows
    let rest = rows.count - Self.mostRows
    let more = rest > 0 ? [["… and \(rest) more"]] : []
    return TextTable(
      headings: table.headings, rows: Array(rows.prefix(Self.mostRows)) + more,
      rightAligned: Set(table.figureColumns))
  }

  private func tell(_ isWritten: Bool) {
    let record = summary.record
    let trials = summary.trials
    let count = "\(trials.count.counted("trial"))"
    console.say(
      record.status == .finished
        ? "\(console.style.green("finished")): \(record.ending)"
        : "\(console.style.yellow("stopped")) after \(count): \(record.ending); the same command goes on"
    )
    let named = profile.named
    guard !named.isEmpty else {
      let outside = trials.contains { $0.state == .complete }
      console.say([
        Diagnostic(
          outside ? "no trial is within all bounds" : "no trial is complete",
          remedy: outside
            ? "lower 'floor', raise 'ceiling', widen what is tried, or make more trials with --trials"
            : "see why trials failed in the report, mend it, and search again")
      ])
      return
    }
    for (name, trial) in named {
      let figures = request.spec.metrics.compactMap { metric in
        trial.figures[metric].map { "\(metric) \(Figure.number($0))" }
      }
      console.say("\(name): trial \(trial.number), \(figures.joined(separator: ", "))")
    }
    if isWritten {
      console.say(
        "written: \(profile.path); use it with 'anneal run \(request.graph.file) --profile \(named[0].name)'"
      )
    }
  }

  private func value(_ report: String, _ profilePath: String?) -> Value {
    let ranking = TrialRanking(request.spec)
    return [
      "search": .string(summary.record.id), "name": .string(request.name),
      "status": .string(summary.record.status.rawValue),
      "ending": .string(summary.record.ending), "spec": request.spec.value,
      "best": ranking.best(of: summary.trials).map { .int($0.number) } ?? .null,
      "front": .array(ranking.front(of: summary.trials).map { .int($0.number) }),
      "trials": .array(summary.trials.map(\.value)), "report": .string(report),
      "profile": profilePath.map { .string($0) } ?? .null,
      "importance": .array(
        request.spec.goals.map { goal in
          let found = SettingImportance(of: goal, request.spec, summary.trials)
          return [
            "goal": .string(goal.metric), "fit": found.map { .double($0.fit) } ?? .null,
            "shares": .object(
              Dictionary((found?.shares ?? []).map { ($0.path, .double($0.share)) }) { first, _ in
                first
              }),
          ]
        }),
    ]
  }
}
