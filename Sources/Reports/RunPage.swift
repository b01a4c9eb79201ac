package import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Hardware
internal import Options
internal import Pipeline
package import Records

/// The page about a run: one file that needs nothing else, neither scripts nor a network.
package struct RunPage: Sendable {
  private let run: RunRecord
  private let stages: [StageRecord]
  private let data: [DataSection]
  private let explanations: [ExplanationSection]

  /// - Parameters:
  ///   - stages: in the order of the graph.
  ///   - store: where their artifacts are, as far as they are kept.
  package init(_ run: RunRecord, _ stages: [StageRecord], in store: Store? = nil) {
    self.run = run
    self.stages = stages
    data = store.map { store in stages.compactMap { DataSection($0, in: store) } } ?? []
    explanations =
      store.map { store in stages.compactMap { ExplanationSection($0, in: store) } } ?? []
  }

  /// The page's text; the same run gives the same text.
  package var html: String { page.text }

  private var page: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(run.pipeline): \(run.status.words)</title>
    <style>\(HTML(stringLiteral: PageStyle.sheet))</style>
    </head>
    <body>
    <main>
    \(heading)
    \(problems)
    \(shipped)
    <section><h2>Stages</h2><div class="wide">\(GraphPicture(stages).svg)</div>
    \(table)</section>
    \(QualityTable(stages).html)
    \(rows)
    \(FoldSummary(stages).html)
    \(curves)
    \(classes)
    \(explained)
    <section><h2>Details</h2>\(HTML(stages.map { StageDetails(stage: $0).html }))</section>
    \(SurroundingsTable(run).html)
    </main>
    </body>
    </html>

    """
  }

  private var heading: HTML {
    let machine = run.machine
    let cores = "\(machine.cores) \(machine.cores == 1 ? "core" : "cores")"
    let devices = machine.accelerators.map { ", \($0.name)" }.joined()
    let taken = run.seconds.map { " · took \(Figure.duration($0))" } ?? ""
    return """
      <header><h1>\(run.pipeline) <span class="badge \(run.status.rawValue)">\(run.status.words)\
      </span></h1>
      <p>\(run.started.formatted(.iso8601)) · run <code>\(run.id)</code>\(taken)</p>
      <p>\(machine.processor), \(cores), \(ByteCount.rounded(machine.memory))\(devices)</p>
      \(remarks)<p><code>\(run.file)</code> · seed \(run.seed) · \(run.numerics.rawValue) numerics</p></header>
      """
  }

  /// What people said of the run.
  private var remarks: HTML {
    let tags: HTML = run.tags.isEmpty ? "" : "<p>\(run.tags.joined(separator: " · "))</p>\n"
    return run.note.isEmpty ? tags : "\(tags)<p>\(run.note)</p>\n"
  }

  /// What a reader has to know first: failures, then warnings.
  private var problems: HTML {
    let failures = run.problems + stages.flatMap(\.problems)
    let warnings = stages.flatMap(\.warnings)
    guard !failures.isEmpty || !warnings.isEmpty else { return "" }
    return """
      <section><h2>Problems</h2>\(HTML((failures + warnings).map { StageDetails.problem($0) }))\
      </section>
      """
  }

  /// What the run deployed, before anything that only leads to it.
  private var shipped: HTML {
    let sections = stages.compactMap { stage in
      stage.result.flatMap { ShippedModel($0.metrics)?.section(of: stage) }
    }
    return sections.isEmpty ? "" : "<section><h2>Shipped</h2>\(HTML(sections))</section>"
  }

  /// What the rows look like that were loaded.
  private var rows: HTML {
    data.isEmpty ? "" : "<section><h2>Data</h2>\(HTML(data.map(\.html)))</section>"
  }

  private var explained: HTML {
    explanations.isEmpty
      ? "" : "<section><h2>Explanations</h2>\(HTML(explanations.map(\.html)))</section>"
  }

  private var curves: HTML {
    let curves = stages.compactMap { stage in
      stage.result.flatMap { LossCurve($0.metrics)?.figure(of: stage) }
    }
    guard !curves.isEmpty else { return "" }
    return "<section><h2>Training</h2><div class=\"curves\">\(HTML(curves))</div></section>"
  }

  /// How the last model that was measured tells the classes apart.
  private var classes: HTML {
    let matrices = stages.compactMap { stage in
      stage.result.flatMap { ConfusionMatrix($0.metrics) }.map { (stage: stage, matrix: $0) }
    }
    guard let last = matrices.last else { return "" }
    return """
      <section><h2>Classes</h2><p>What <a href="#\(last.stage.anchor)">\(last.stage.address)</a> \
      takes the rows of each class for:</p>\(last.matrix.table)</section>
      """
  }

  private var table: HTML {
    let rows = stages.map { stage in
      let result = stage.result
      return """
        <tr class="\(stage.outcome.rawValue)"><td><a href="#\(stage.anchor)">\(stage.address)</a>\
        </td><td>\(stage.kind)</td><td>\(stage.story)</td><td class="word">\(stage.words)</td>\
        <td class="number">\(stage.seconds.map { Figure.duration($0) } ?? "")</td>\
        <td class="number">\(stage.seconds == nil ? "" : result.map { ByteCount.rounded($0.peakMemory) } ?? "")</td>\
        <td class="number">\(result.map { ByteCount.rounded($0.size) } ?? "")</td></tr>
        """ as HTML
    }
    return """
      <div class="wide"><table>
      <thead><tr><th>stage</th><th>kind</th><th>what it did</th><th>outcome</th>\
      <th class="number">time</th><th class="number">memory</th><th class="number">output</th></tr>\
      </thead>
      <tbody>\(HTML(rows))</tbody></table></div>
      """
  }
}

extension RunStatus {
  /// The status as it reads in a heading.
  package var words: String {
    switch self {
    case .running: "not finished"
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .differed: "differs from the lock file"
    case .cancelled: "stopped"
    case .refused: "refused"
    case .interrupted: "interrupted"
    }
  }
}
