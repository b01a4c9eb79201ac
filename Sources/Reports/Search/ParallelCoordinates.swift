internal import Pipeline
internal import Search
internal import YAML

/// Every complete trial as a line across its settings and goals; the better, the stronger.
struct ParallelCoordinates {
  private struct Axis {
    let name: String
    /// The places of values from 0 at the bottom to 1 at the top, by trial; nil where a trial has none.
    let places: [Double?]
    let least: String
    let most: String
  }

  private let axes: [Axis]
  private let trials: [Trial]
  private let best: Set<Int>

  private static let gap = 130.0
  private static let height = 260.0
  private static let top = 40.0
  private static let bottom = 30.0

  /// Fails with fewer than two complete trials, or a single axis.
  init?(_ spec: SearchSpec, _ all: [Trial]) {
    let ranking = TrialRanking(spec)
    // The best are drawn last, on top of the others.
    let trials = ranking.ordered(all).filter { $0.state == .complete }.reversed() as [Trial]
    guard trials.count > 1 else { return nil }
    self.trials = trials
    best = Set(ranking.front(of: all).map(\.number))
    let names = SettingNames(spec)
    let settings = spec.parameters.map { parameter in
      Self.axis(parameter, names.short(parameter.path), trials)
    }
    let goals = spec.metrics.map { Self.axis($0, trials) }
    axes = settings + goals
    guard axes.count > 1 else { return nil }
  }

  private static func axis(
    _ parameter: SearchParameter, _ name: String, _ trials: [Trial]
  ) -> Axis {
    let values = trials.map { $0.point[parameter.path] }
    switch parameter.domain {
    case .choices(let choices):
      let span = Double(max(choices.count - 1, 1))
      return Axis(
        name: name,
        places: values.map { $0.flatMap { choices.firstIndex(of: $0) }.map { Double($0) / span } },
        least: choices.first.map(TrialTable.text) ?? "",
        most: choices.last.map(TrialTable.text) ?? "")
    case .numbers(let numbers):
      let scale = UnitScale(numbers)
      return Axis(
        name: name, places: values.map { $0.map { scale.place(of: $0) } },
        least: Figure.number(numbers.lower), most: Figure.number(numbers.upper))
    }
  }

  private static func axis(_ metric: String, _ trials: [Trial]) -> Axis {
    let figures = trials.map { $0.figures[metric] }
    let finite = figures.compactMap { $0 }.filter(\.isFinite)
    let scale = PlotScale(finite, from: 0, to: 1)
    return Axis(
      name: metric, places: figures.map { $0.flatMap { $0.isFinite ? scale($0) : nil } },
      least: Figure.number(scale.least), most: Figure.number(scale.most))
  }

  private var width: Double { Self.gap * Double(axes.count - 1) + 160 }

  private func x(_ axis: Int) -> Double { 80 + Self.gap * Double(axis) }

  private func y(_ place: Double) -> Double {
    Self.top + (1 - place) * (Self.height - Self.top - Self.bottom)
  }

  var figure: HTML {
    let text = PlotScale.text
    let grid = axes.enumerated().map { index, axis in
      """
      <path class="axis" d="M\(text(x(index))) \(text(y(0)))V\(text(y(1)))"/>\
      <text class="title" x="\(text(x(index)))" y="\(index.isMultiple(of: 2) ? "14" : "28")">\
      \(axis.name.count > 30 ? "…" + axis.name.suffix(29) : axis.name)</text>\
      <text x="\(text(x(index)))" y="\(text(y(0) + 14))">\(String(axis.least.prefix(20)))</text>\
      <text x="\(text(x(index) + 4))" y="\(text(y(1) + 4))" class="first">\(String(axis.most.prefix(14)))</text>
      """ as HTML
    }
    let lines = trials.indices.map { line(of: $0) }
    return """
      <figure class="wide"><svg class="parallel" viewBox="0 0 \(text(width)) \(text(Self.height))" \
      width="\(text(width))" height="\(text(Self.height))" role="img" \
      aria-label="Trials across settings and goals">
      \(HTML(lines))
      \(HTML(grid))
      </svg><figcaption>a line for each complete trial, the better the stronger; a gap is a setting that \
      the trial does not have</figcaption></figure>
      """
  }

  private func line(of trial: Int) -> HTML {
    var path = ""
    var isOpen = false
    for (index, axis) in axes.enumerated() {
      guard let place = axis.places[trial] else {
        isOpen = false
        continue
      }
      path += (isOpen ? "L" : "M") + "\(PlotScale.text(x(index))) \(PlotScale.text(y(place)))"
      isOpen = true
    }
    let number = trials[trial].number
    let share = Double(trial + 1) / Double(trials.count)
    let mark = best.contains(number) ? "best" : "other"
    return """
      <path class="\(mark)" style="opacity: \(Figure.rounded(0.12 + 0.7 * share * share, places: 2))" \
      d="\(path)"><title>trial \(number)</title></path>
      """
  }
}
