internal import Pipeline
package import Search
package import YAML

/// The trials of a search as a table, the best first.
package struct TrialTable: Sendable {
  private let spec: SearchSpec
  private let trials: [Trial]
  private let front: Set<Int>

  package init(_ spec: SearchSpec, _ trials: [Trial]) {
    self.spec = spec
    let ranking = TrialRanking(spec)
    self.trials = ranking.ordered(trials)
    front = Set(ranking.front(of: trials).map(\.number))
  }

  private var isFront: Bool { spec.goals.count > 1 }

  package var headings: [String] {
    ["trial", "state"] + spec.metrics + names.map(\.short) + ["time"]
  }

  /// How many of the columns at the start hold numbers, after the state.
  package var figureColumns: ClosedRange<Int> { 2...(1 + spec.metrics.count) }

  /// The rows, each with a mark where the trial is the best or on the front.
  package var rows: [[String]] {
    trials.map { trial in
      [
        "\(trial.number)\(front.contains(trial.number) && (isFront || isBest(trial)) ? " *" : "")",
        state(of: trial),
      ] + spec.metrics.map { trial.figures[$0].map { Figure.number($0) } ?? "" }
        + names.map { trial.point[$0.path].map(Self.text) ?? "" }
        + [trial.seconds > 0 ? Figure.duration(trial.seconds) : ""]
    }
  }

  private func isBest(_ trial: Trial) -> Bool { trial.number == trials.first?.number }

  private func state(of trial: Trial) -> String {
    if trial.state == .complete, TrialRanking(spec).violation(of: trial) > 0 {
      return "outside of bounds"
    }
    guard trial.state == .paused, let last = trial.rungs.last else { return trial.state.words }
    return "stopped after \(last.epoch) epochs at \(Figure.number(last.figure))"
  }

  private var names: [(path: String, short: String)] { SettingNames(spec).all }

  /// A value on one line.
  package static func text(_ value: Value) -> String {
    if let text = value.string { return text }
    if case .double(let number) = value { return "\(number)" }
    return value.canonicalJSON.replacing("\"", with: "").replacing(",", with: ", ")
      .replacing(":", with: ": ")
  }

  var html: HTML {
    let columns = figureColumns
    let head = headings.enumerated().map { index, name in
      "<th\(columns.contains(index) ? " class=\"number\"" : "" as HTML)>\(name)</th>" as HTML
    }
    let body = zip(trials, rows).map { trial, row in
      let cells = row.enumerated().map { index, cell in
        "<td\(columns.contains(index) ? " class=\"number\"" : "" as HTML)>\(cell)</td>" as HTML
      }
      let mark: HTML = front.contains(trial.number) ? "front" : "\(trial.state.rawValue)"
      return "<tr class=\"\(mark)\">\(HTML(cells))</tr>" as HTML
    }
    return """
      <div class="wide"><table class="trials"><thead><tr>\(HTML(head))</tr></thead>
      <tbody>\(HTML(body))</tbody></table></div>
      """
  }
}

/// The settings of a search by the shortest ends of their paths that tell them apart.
struct SettingNames {
  let all: [(path: String, short: String)]

  init(_ spec: SearchSpec) {
    let paths = spec.parameters.map { $0.path.split(separator: ".").map(String.init) }
    all = paths.map { path in
      let short = (1...path.count).lazy.map { Array(path.suffix($0)) }.first { end in
        paths.count { Array($0.suffix(end.count)) == end } == 1
      }
      return (path.joined(separator: "."), (short ?? path).joined(separator: "."))
    }
  }

  func short(_ path: String) -> String { all.first { $0.path == path }?.short ?? path }
}
