internal import Diagnostics
internal import Pipeline
internal import Records
internal import YAML

/// The losses over the epochs of a training as small line charts.
///
/// Lines share a chart, and so an axis, only where the metrics say that they measure the same: a loss of
/// standardised values, or one that a teacher has part in, is no other's match.
struct LossCurve {
  private let training: LossLine
  private let validation: LossLine?

  /// Fails where the metrics tell of fewer than two epochs.
  init?(_ metrics: Value) {
    func line(_ name: String) -> LossLine? {
      let losses = (metrics.value(at: ["training", "\(name)-loss"])?.array ?? [])
        .compactMap(\.double)
      guard losses.count > 1, losses.allSatisfy(\.isFinite) else { return nil }
      let measure = metrics.value(at: ["training", "measures", name])?.string
      return LossLine(name: name, losses: losses, measure: measure)
    }
    guard let training = line("training") else { return nil }
    self.training = training
    validation = line("validation")
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
      <a href="#\(stage.anchor)">\(stage.address)</a>: \(training.losses.count.counted("epoch")), at the end \
      \(HTML(ends))</figcaption></figure>
      """
  }

  private var isComparable: Bool {
    guard let validation else { return true }
    return training.measure != nil && training.measure == validation.measure
  }
}

/// A loss after each epoch.
struct LossLine {
  /// What it was measured on, `training` or `validation`.
  let name: String
  let losses: [Double]

  /// What it measures, such as `cross-entropy`; `nil` in records that do not tell.
  let measure: String?

  var last: Double { losses.last ?? 0 }
}

/// Lines that measure the same on one pair of axes.
private struct LossChart {
  let lines: [LossLine]

  private static let width = 350.0
  private static let height = 132.0
  private static let left = 62.0
  private static let top = 22.0
  private static let bottom = 18.0

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
      <text class="tick" x="\(right)" y="\(height - 4)">\(longest)</text>
      \(HTML(lines.map(polyline)))
      </svg>
      """
  }

  private var title: String {
    let names = lines.map(\.name).joined(separator: " and ")
    return lines[0].measure.map { "\(names): \($0)" } ?? "\(names) loss"
  }

  private var all: [Double] { lines.flatMap(\.losses) }
  private var longest: Int { lines.map(\.losses.count).max() ?? 1 }
  private var highest: Double { max(all.max() ?? 1, lowest) }
  private var lowest: Double { min(0, all.min() ?? 0) }

  /// The place of a loss from above, and so much further down.
  private func y(_ loss: Double, below more: Double = 0) -> String {
    let span = highest > lowest ? highest - lowest : 1
    let room = Self.height - Self.top - Self.bottom
    return Figure.rounded(Self.top + room * (highest - loss) / span + more, places: 1)
  }

  private func polyline(_ line: LossLine) -> HTML {
    let room = Self.width - Self.left - 6
    let points = line.losses.enumerated().map { index, loss in
      let x = Self.left + room * Double(index) / Double(max(longest - 1, 1))
      return Figure.rounded(x, places: 1) + "," + y(loss)
    }
    return "<polyline class=\"\(line.name)\" points=\"\(points.joined(separator: " "))\"/>"
  }
}
