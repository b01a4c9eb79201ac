internal import Pipeline
internal import Records
internal import YAML

/// The losses over the epochs of a training as a small line chart.
struct LossCurve {
  private let training: [Double]
  private let validation: [Double]

  private static let width = 320.0
  private static let height = 96.0

  /// Fails where the metrics tell of fewer than two epochs.
  init?(_ metrics: Value) {
    func losses(_ name: String) -> [Double] {
      (metrics.value(at: ["training", name])?.array ?? []).compactMap { $0.double }
    }
    training = losses("training-loss")
    validation = losses("validation-loss")
    guard training.count > 1, (training + validation).allSatisfy(\.isFinite) else { return nil }
  }

  /// The chart with the stage's name and what the losses are at the end.
  func figure(of stage: StageRecord) -> HTML {
    let ends = [("training", training), ("validation", validation)].compactMap { name, losses in
      losses.last.map { "<span class=\"\(name)\">\(name) \(Figure.number($0))</span>" as HTML }
    }
    return """
      <figure><svg class="curve" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
      width="\(Int(Self.width))" height="\(Int(Self.height))" role="img" aria-label="Loss by epoch">
      \(line(training, class: "training"))
      \(line(validation, class: "validation"))
      </svg><figcaption><a href="#\(stage.anchor)">\(stage.address)</a>: loss over \
      \(training.count) epochs, at the end \(HTML(ends))</figcaption></figure>
      """
  }

  private func line(_ losses: [Double], class name: String) -> HTML {
    guard losses.count > 1 else { return "" }
    let all = training + validation
    let top = all.max() ?? 1
    let bottom = min(0, all.min() ?? 0)
    let span = top > bottom ? top - bottom : 1
    let points = losses.enumerated().map { index, loss in
      let x = 4 + (Self.width - 8) * Double(index) / Double(losses.count - 1)
      let y = 4 + (Self.height - 8) * (top - loss) / span
      return Figure.rounded(x, places: 1) + "," + Figure.rounded(y, places: 1)
    }
    return "<polyline class=\"\(name)\" points=\"\(points.joined(separator: " "))\"/>"
  }
}
