internal import Diagnostics
internal import Pipeline
internal import Records
internal import YAML

/// The losses over the epochs of a training as small line charts.
///
/// Lines share a chart, and so an axis, only where the metrics say that they measure the same: a loss of
/// standardised values, or one that a teacher has part in, is no other's match. Not every epoch needs to have
/// been validated.
struct LossCurve {
  private let training: LossLine
  private let validation: LossLine?

  /// Fails where the metrics tell of fewer than two epochs.
  init?(_ metrics: Value) {
    let recorded = metrics["training"]
    func line(_ name: String, at epochs: [Value]?) -> LossLine? {
      let losses = (recorded?["\(name)-loss"]?.array ?? []).compactMap(\.double)
      let epochs = epochs?.compactMap(\.int) ?? Array(1...max(losses.count, 1))
      guard losses.count > 1, losses.count == epochs.count, losses.allSatisfy(\.isFinite) else {
        return nil
      }
      return LossLine(
        name: name, points: zip(epochs, losses).map { LossLine.Point(epoch: $0, loss: $1) },
        measure: recorded?["measures"]?[name]?.string)
    }
    guard let training = line("training", at: nil) else { return nil }
    self.training = training
    validation = line("validation", at: recorded?["validated-epochs"]?.array)
  }

  /// The charts with the stage's name and what the losses are at the end.
  func figure(of stage: StageRecord) -> HTML {
    let lines = [training] + (validation.map { [$0] } ?? [])
    let charts: [[LossLine]] = isComparable ? [lines] : lines.map { [$0] }
    let ends = lines.map { line in
      "<span class=\"\(line.name)\">\(line.name) \(Figure.number(line.last))</span>" as HTML
    }
    return """
      <figure>\(HTML(charts.map { LossChart(lines: $0).svg }))<figcaption>\
      <a href="#\(stage.anchor)">\(stage.address)</a>: \(training.lastEpoch.counted("epoch")), at the end \
      \(HTML(ends))</figcaption></figure>
      """
  }

  private var isComparable: Bool {
    guard let validation else { return true }
    return training.measure != nil && training.measure == validation.measure
  }
}

/// Losses after epochs.
struct LossLine {
  struct Point {
    /// From 1.
    let epoch: Int
    let loss: Double
  }

  /// What it was measured on, `training` or `validation`.
  let name: String

  /// One or more, by ascending epochs.
  let points: [Point]

  /// What it measures, such as `cross-entropy`; `nil` in records that do not tell.
  let measure: String?

  var last: Double { points.last?.loss ?? 0 }
  var lastEpoch: Int { points.last?.epoch ?? 1 }
}

/// Lines that measure the same on one pair of axes.
private struct LossChart {
  private let lines: [LossLine]
  private let lastEpoch: Int
  private let highest: Double
  private let lowest: Double

  private static let width = 350.0
  private static let height = 132.0
  private static let left = 62.0
  private static let top = 22.0
  private static let bottom = 18.0
  private static let room = width - left - 6

  init(lines: [LossLine]) {
    self.lines = lines
    lastEpoch = lines.map(\.lastEpoch).max() ?? 1
    let losses = lines.flatMap(\.points).map(\.loss)
    lowest = min(0, losses.min() ?? 0)
    highest = max(losses.max() ?? 1, lowest)
  }

  var svg: HTML {
    let (width, height) = (Int(Self.width), Int(Self.height))
    let right = Int(Self.width) - 6
    let base = y(lowest)
    return """
      <svg class="curve" viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      role="img" aria-label="\(title) by epoch">
      <text class="title" x="8" y="14">\(title)</text>
      <path class="axis" d="M\(Int(Self.left)) \(base)H\(right)M\(Int(Self.left)) \(y(highest))H\(right)"/>
      <text class="tick" x="\(Int(Self.left) - 6)" y="\(y(highest, below: 4))">\(Figure.number(highest))</text>
      <text class="tick" x="\(Int(Self.left) - 6)" y="\(y(lowest, below: 4))">\(Figure.number(lowest))</text>
      <text class="tick first" x="\(Int(Self.left))" y="\(height - 4)">1</text>
      <text class="tick" x="\(right)" y="\(height - 4)">\(lastEpoch)</text>
      \(HTML(lines.map(polyline)))
      </svg>
      """
  }

  private var title: String {
    let names = lines.map(\.name).joined(separator: " and ")
    return lines[0].measure.map { "\(names): \($0)" } ?? "\(names) loss"
  }

  /// The place of an epoch from the left.
  private func x(_ epoch: Int) -> Double {
    Self.left + Self.room * Double(epoch - 1) / Double(max(lastEpoch - 1, 1))
  }

  /// The place of a loss from above, and so much further down.
  private func y(_ loss: Double, below more: Double = 0) -> String {
    let span = highest > lowest ? highest - lowest : 1
    let room = Self.height - Self.top - Self.bottom
    return Figure.rounded(Self.top + room * (highest - loss) / span + more, places: 1)
  }

  private func polyline(_ line: LossLine) -> HTML {
    let points = visible(line.points).map { point in
      Figure.rounded(x(point.epoch), places: 1) + "," + y(point.loss)
    }
    return "<polyline class=\"\(line.name)\" points=\"\(points.joined(separator: " "))\"/>"
  }

  /// The points that make up the line as it is seen: where many epochs lie in one unit of width, the first, the
  /// lowest, the highest and the last of them.
  private func visible(_ points: [LossLine.Point]) -> [LossLine.Point] {
    guard Double(points.count) > 4 * Self.room else { return points }
    var visible: [LossLine.Point] = []
    var start = points.startIndex
    while start < points.endIndex {
      let place = x(points[start].epoch).rounded(.down)
      let end =
        points[start...].firstIndex { x($0.epoch).rounded(.down) != place } ?? points.endIndex
      let column = points[start..<end]
      let marks = [
        column.first, column.min { $0.loss < $1.loss }, column.max { $0.loss < $1.loss },
        column.last,
      ]
      let epochs = Set(marks.compactMap { $0?.epoch })
      visible += column.filter { epochs.contains($0.epoch) }
      start = end
    }
    return visible
  }
}
