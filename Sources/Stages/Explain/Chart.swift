/// Small pictures as SVG, each complete in itself.
enum Chart {
  private static func text(_ words: String) -> String {
    var escaped = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Two decimals, always with a dot.
  private static func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

  private static func picture(_ width: Double, _ height: Double, _ parts: [String]) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
    viewBox="0 0 \(number(width)) \(number(height))" font-family="sans-serif" font-size="12">
    <rect width="100%" height="100%" fill="#fff"/>
    \(parts.joined(separator: "\n"))
    </svg>

    """
  }

  private static func label(
    _ words: String, _ x: Double, _ y: Double, anchor: String = "start"
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">\(text(words))</text>"
  }

  /// Bars to both sides of 0, with a line as long as a deviation to each side of the end.
  static func bars(
    _ title: String, _ bars: [(name: String, value: Double, deviation: Double)]
  ) -> String {
    let left = 8 + 7.0 * Double(min(bars.map(\.name.count).max() ?? 0, 32))
    let low = min(0, bars.map { $0.value - $0.deviation }.min() ?? 0)
    let high = max(0, bars.map { $0.value + $0.deviation }.max() ?? 0)
    let scale = 360 / max(high - low, 1e-12)
    func x(_ value: Double) -> Double { left + 8 + (value - low) * scale }
    var parts = [label(title, 8, 18)]
    for (index, bar) in bars.enumerated() {
      let y = 32 + 18 * Double(index)
      let name = bar.name.count > 32 ? bar.name.prefix(31) + "…" : bar.name[...]
      let (start, end) = (x(min(0, bar.value)), x(max(0, bar.value)))
      parts.append(label(String(name), left, y + 11, anchor: "end"))
      parts.append(
        "<rect x=\"\(number(start))\" y=\"\(number(y))\" width=\"\(number(end - start))\" "
          + "height=\"13\" fill=\"\(bar.value < 0 ? "#c0504d" : "#3a78b5")\"/>")
      if bar.deviation > 0 {
        parts.append(
          "<path d=\"M\(number(x(bar.value - bar.deviation))) \(number(y + 6.5))"
            + "H\(number(x(bar.value + bar.deviation)))\" stroke=\"#222\"/>")
      }
      parts.append(label("\(Float(bar.value))", x(high) + 8, y + 11))
    }
    return picture(left + 476, 40 + 18 * Double(bars.count), parts)
  }

  /// How often answers are right by how sure they are, beside what would be even.
  static func calibration(_ bins: [(confidence: Double, accuracy: Double, rows: Int)]) -> String {
    func place(_ x: Double, _ y: Double) -> (Double, Double) { (48 + 240 * x, 268 - 240 * y) }
    let most = Double(bins.map(\.rows).max() ?? 1)
    var parts = [
      "<rect x=\"48\" y=\"28\" width=\"240\" height=\"240\" fill=\"none\" stroke=\"#999\"/>",
      "<path d=\"M48 268L288 28\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>",
      label("right by how sure", 48, 18), label("0", 44, 282, anchor: "end"),
      label("100% sure", 288, 284, anchor: "end"), label("100%", 44, 34, anchor: "end"),
    ]
    for bin in bins {
      let (x, y) = place(bin.confidence, bin.accuracy)
      let radius = 3 + 7 * (Double(bin.rows) / most).squareRoot()
      parts.append(
        "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" fill=\"#3a78b5\" "
          + "fill-opacity=\"0.7\"><title>\(bin.rows) rows</title></circle>")
    }
    return picture(308, 296, parts)
  }

  /// A matrix of counts, the deeper in colour the larger their share of the row.
  static func confusion(_ counts: [[Int]], _ classes: [String]) -> String {
    let side = counts.count > 20 ? 14.0 : 34.0
    let left = 8 + 7.0 * Double(min(classes.map(\.count).max() ?? 0, 20))
    let top = 44.0
    var parts = [label("rows of a class, by the class they were taken for", 8, 18)]
    for (row, line) in counts.enumerated() {
      let total = max(line.reduce(0, +), 1)
      let y = top + side * Double(row)
      let name = classes[row].count > 20 ? classes[row].prefix(19) + "…" : classes[row][...]
      parts.append(label(String(name), left, y + side / 2 + 4, anchor: "end"))
      for (column, count) in line.enumerated() {
        let x = left + 6 + side * Double(column)
        let share = Double(count) / Double(total)
        parts.append(
          "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(side))\" "
            + "height=\"\(number(side))\" fill=\"\(row == column ? "#3a78b5" : "#c0504d")\" "
            + "fill-opacity=\"\(number(share))\" stroke=\"#ddd\"><title>\(text(classes[row])) for "
            + "\(text(classes[column])): \(count)</title></rect>")
        if count > 0, side > 20 {
          parts.append(label("\(count)", x + side / 2, y + side / 2 + 4, anchor: "middle"))
        }
      }
    }
    let extent = side * Double(counts.count)
    return picture(max(left + extent + 16, 320), top + extent + 12, parts)
  }

  /// True values against those that were answered.
  static func scatter(_ points: [(truth: Double, answer: Double)], _ name: String) -> String {
    let all = points.flatMap { [$0.truth, $0.answer] }
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let scale = 240 / max(high - low, 1e-12)
    var parts = [
      "<rect x=\"48\" y=\"28\" width=\"240\" height=\"240\" fill=\"none\" stroke=\"#999\"/>",
      "<path d=\"M48 268L288 28\" stroke=\"#999\" stroke-dasharray=\"4 4\"/>",
      label("\(name): true from left to right, answered upwards", 8, 18),
      label("\(Float(low))", 48, 284), label("\(Float(high))", 288, 284, anchor: "end"),
    ]
    for point in points {
      parts.append(
        "<circle cx=\"\(number(48 + (point.truth - low) * scale))\" "
          + "cy=\"\(number(268 - (point.answer - low) * scale))\" r=\"2.5\" fill=\"#3a78b5\" "
          + "fill-opacity=\"0.5\"/>")
    }
    return picture(360, 296, parts)
  }
}
