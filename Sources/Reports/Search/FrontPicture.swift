internal import Search

/// What trials came to: two goals, or a goal and what is bounded, against each other with the front; a goal
/// alone by the trials in their order, with the best so far.
struct FrontPicture {
  private struct Point {
    let trial: Trial
    let x: Double
    let y: Double
  }

  private let points: [Point]
  private let front: [Point]
  private let names: (x: String, y: String)
  private let bound: Double?
  private let isFront: Bool
  private let isMaximized: Bool
  private let feasible: Set<Int>

  private static let width = 560.0
  private static let height = 320.0
  private static let left = 78.0
  private static let right = 20.0
  private static let top = 24.0
  private static let bottom = 44.0

  /// Fails with fewer than two complete trials.
  init?(_ spec: SearchSpec, _ trials: [Trial]) {
    guard let goal = spec.goals.first else { return nil }
    let others = spec.goals.dropFirst().map(\.metric) + spec.bounds.map(\.metric)
    let other = others.first { $0 != goal.metric }
    let ranking = TrialRanking(spec)
    feasible = Set(trials.filter { ranking.isFeasible($0) }.map(\.number))
    let points = trials.compactMap { trial -> Point? in
      guard trial.state == .complete, let y = trial.figures[goal.metric], y.isFinite else {
        return nil
      }
      let x = other.map { trial.figures[$0] ?? .nan } ?? Double(trial.number)
      return x.isFinite ? Point(trial: trial, x: x, y: y) : nil
    }
    guard points.count > 1 else { return nil }
    self.points = points
    names = (other ?? "trial", goal.metric)
    isFront = spec.goals.count > 1
    isMaximized = goal.isMaximized
    bound = spec.goals.count > 1 ? nil : spec.bounds.first { $0.metric == other }?.limit
    let best = Set(ranking.front(of: trials).map(\.number))
    front =
      spec.goals.count > 2
      ? [] : points.filter { best.contains($0.trial.number) }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  }

  var figure: HTML {
    let text = PlotScale.text
    let xs = PlotScale(
      points.map(\.x) + (bound.map { [$0] } ?? []), from: Self.left, to: Self.width - Self.right)
    let ys = PlotScale(points.map(\.y), from: Self.height - Self.bottom, to: Self.top)
    let marks = points.map { point in
      let isBest = front.contains { $0.trial.number == point.trial.number }
      let mark = isBest ? "best" : feasible.contains(point.trial.number) ? "other" : "outside"
      return """
        <circle class="\(mark)" cx="\(text(xs(point.x)))" cy="\(text(ys(point.y)))" r="\(isBest ? "5" : "3.5")">\
        <title>trial \(point.trial.number): \(Figure.number(point.y))</title></circle>
        """ as HTML
    }
    let (base, end) = (text(Self.height - Self.bottom), text(Self.width - Self.right))
    return """
      <figure><svg class="goals" viewBox="0 0 \(text(Self.width)) \(text(Self.height))" \
      width="\(text(Self.width))" height="\(text(Self.height))" role="img" \
      aria-label="\(names.y) by \(names.x)">
      <path class="axis" d="M\(text(Self.left)) \(text(Self.top))V\(base)H\(end)"/>
      \(line(xs, ys))
      \(limit(xs))
      \(HTML(marks))
      <text class="title" x="8" y="14">\(names.y)</text>
      <text class="tick" x="\(text(Self.left - 6))" y="\(text(ys(ys.most) + 4))">\(Figure.number(ys.most))</text>
      <text class="tick" x="\(text(Self.left - 6))" y="\(text(ys(ys.least) + 4))">\(Figure.number(ys.least))</text>
      <text x="\(text(Self.left))" y="\(text(Self.height - 28))">\(Figure.number(xs.least))</text>
      <text class="tick" x="\(end)" y="\(text(Self.height - 28))">\(Figure.number(xs.most))</text>
      <text class="title tick" x="\(end)" y="\(text(Self.height - 10))">\(names.x)</text>
      </svg><figcaption>\(caption)</figcaption></figure>
      """
  }

  private var caption: String {
    if isFront {
      let pale = feasible.count < points.count ? "; pale: outside of a bound" : ""
      return "large: no other trial is better in every goal\(pale)"
    }
    let outside = bound == nil ? "" : "; pale: outside of a bound, which is dashed"
    return names.x == "trial"
      ? "large: the best; the line is the best so far\(outside)" : "large: the best\(outside)"
  }

  /// The front, or the best so far.
  private func line(_ xs: PlotScale, _ ys: PlotScale) -> HTML {
    var shown: [Point] = []
    if isFront {
      shown = front
    } else if names.x == "trial" {
      for point in points where feasible.contains(point.trial.number) {
        let isBetter = shown.last.map { isMaximized ? point.y > $0.y : point.y < $0.y } ?? true
        let last = shown.last
        shown.append(
          isBetter ? point : Point(trial: point.trial, x: point.x, y: last?.y ?? point.y))
      }
    }
    guard shown.count > 1 else { return "" }
    let places = shown.map { "\(PlotScale.text(xs($0.x))),\(PlotScale.text(ys($0.y)))" }
    return "<polyline class=\"line\" points=\"\(places.joined(separator: " "))\"/>"
  }

  private func limit(_ xs: PlotScale) -> HTML {
    guard let bound else { return "" }
    let x = PlotScale.text(xs(bound))
    return """
      <path class="limit" d="M\(x) \(PlotScale.text(Self.top))V\(PlotScale.text(Self.height - Self.bottom))"/>
      """
  }
}
