internal import Diagnostics
internal import FoundationEssentials
package import Records
package import Search
internal import YAML

/// The page about a search: its best trials, how its settings and goals hang together, and every trial.
package struct SearchPage: Sendable {
  private let record: SearchRecord
  private let spec: SearchSpec
  private let trials: [Trial]
  private let ranking: TrialRanking

  package init(_ record: SearchRecord, _ spec: SearchSpec, _ trials: [Trial]) {
    self.record = record
    self.spec = spec
    self.trials = trials
    ranking = TrialRanking(spec)
  }

  /// The page's text; the same search gives the same text.
  package var html: String { page.text }

  private var front: [Trial] { ranking.front(of: trials) }

  private var page: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(record.pipeline): search \(record.name)</title>
    <style>\(HTML(stringLiteral: PageStyle.sheet + SearchStyle.sheet))</style>
    </head>
    <body>
    <main>
    \(heading)
    \(pictures)
    \(importance)
    <section><h2>Trials</h2>\(TrialTable(spec, trials).html)</section>
    \(failures)
    </main>
    </body>
    </html>

    """
  }

  private var heading: HTML {
    let counts = Trial.State.allCases.compactMap { state -> String? in
      let count = trials.count { $0.state == state }
      return count > 0 ? "\(count) \(state.words)" : nil
    }
    let goals = spec.goals.map { ($0.isMaximized ? "maximize " : "minimize ") + $0.metric }
    let bounds = spec.bounds.map {
      "\($0.metric) \($0.isFloor ? "≥" : "≤") \(Figure.number($0.limit))"
    }
    let describe = record.definition["describe"]?.string ?? ""
    return """
      <header><h1>\(record.pipeline): search \(record.name)</h1>
      <p>\(record.started.formatted(.iso8601)) · <code>\(record.id)</code> · seed \(spec.seed)</p>
      <p>\((goals + bounds).joined(separator: " · "))</p>
      <p>\(trials.count.counted("trial")): \(counts.joined(separator: ", ")) · \(record.ending)</p>
      \(describe.isEmpty ? "" : "<p>\(describe)</p>" as HTML)</header>
      """
  }

  private var pictures: HTML {
    let picture = FrontPicture(spec, trials)
    let lines = ParallelCoordinates(spec, trials)
    let parts = [picture?.figure, lines?.figure].compactMap { $0 }
    return parts.isEmpty ? "" : "<section><h2>Goals and settings</h2>\(HTML(parts))</section>"
  }

  private var importance: HTML {
    let bars = spec.goals.map { goal in
      ImportanceBars(goal, spec, SettingImportance(of: goal, spec, trials)).html
    }
    return """
      <section><h2>What matters</h2><p>The share of what a goal varies that a setting explains alone: \
      first-order functional analysis of variance on a random forest over the trials.</p>\
      \(HTML(bars))</section>
      """
  }

  private var failures: HTML {
    let failed = trials.filter { $0.state == .failed }
    guard !failed.isEmpty else { return "" }
    let rows = failed.map { trial in
      """
      <details><summary><b>trial \(trial.number)</b> \(trial.problems.first?.message ?? "")</summary>\
      \(HTML(trial.problems.map { StageDetails.problem($0) }))</details>
      """ as HTML
    }
    return "<section><h2>Failed</h2>\(HTML(rows))</section>"
  }
}

extension Trial.State {
  /// The state as it reads in a table.
  package var words: String {
    switch self {
    case .running: "not finished"
    case .paused: "stopped early"
    case .complete: "complete"
    case .failed: "failed"
    }
  }
}
