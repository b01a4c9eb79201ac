/// Numbers as the report shows them: three digits that count.
enum Figure {
  /// Such as `9.31 ms`, `931 ms` or `4.48 s`.
  static func time(_ seconds: Double) -> String {
    seconds < 0.9995 ? "\(digits(seconds * 1000)) ms" : "\(digits(seconds)) s"
  }

  static func time(_ spread: Spread) -> String {
    "\(time(spread.median)) (\(time(spread.least)) to \(time(spread.most)))"
  }

  /// Such as `10,000`.
  static func count(_ number: Int) -> String {
    guard number > 9999 else { return String(number) }
    var text = ""
    for (index, digit) in String(number).reversed().enumerated() {
      text += (index > 0 && index % 3 == 0 ? "," : "") + String(digit)
    }
    return String(text.reversed())
  }

  static func memory(_ bytes: Int) -> String { "\(digits(Double(bytes) / 1e6)) MB" }

  /// Three digits that count, and no fewer than stand before the point.
  static func digits(_ number: Double) -> String {
    guard number.isFinite else { return "unknown" }
    let places = number < 9.995 ? 2 : number < 99.95 ? 1 : 0
    let scale = [1.0, 10, 100][places]
    let scaled = Int((number * scale).rounded())
    guard places > 0 else { return "\(scaled)" }
    let fraction = String(scaled % Int(scale))
    let zeros = String(repeating: "0", count: places - fraction.count)
    return "\(scaled / Int(scale)).\(zeros)\(fraction)"
  }

  static func text(_ outcome: Outcome) -> String {
    switch outcome {
    case .finished(let measurement): time(measurement.wall)
    case .exceeded(let limit): "over \(time(limit))"
    case .failed(let reason): "failed: \(reason)"
    case .notOffered(let reason): reason
    }
  }
}
