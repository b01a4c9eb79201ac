/// A target beside what was measured.
struct TargetCheck: Sendable {
  let subject: String
  /// Seconds of wall time that the median may take.
  let target: Double
  let measured: Series
  /// Seconds that excuse a median above the target, such as what the stages cost without a runner.
  var floor: Double?

  var row: [String] {
    guard let wall = measured.wall else {
      let reason = measured.shortfall.map(Figure.text) ?? "not measured"
      return [subject, Figure.time(target), reason, "no"]
    }
    return [subject, Figure.time(target), Figure.time(wall), answer(wall.median)]
  }

  private func answer(_ median: Double) -> String {
    if median <= target { return "yes" }
    if let floor, median <= floor { return "yes: the commands alone take \(Figure.time(floor))" }
    return "no: \(Figure.digits(median / target)) times the target"
  }
}
