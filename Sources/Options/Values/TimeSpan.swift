package import Diagnostics
package import YAML

/// A length of time to the millisecond, written `30m`, `1h30m`, `90s` or `500ms`.
package struct TimeSpan: NumberOption, Hashable {
  package var milliseconds: Int

  package init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Takes seconds to the nearest millisecond, at least none and at most `longest`.
  package init(rounding seconds: Double) {
    let isNumber = !seconds.isNaN
    let bounded = isNumber ? min(max(seconds, 0), Self.longest.seconds) : 0
    milliseconds = Int((bounded * 1000).rounded())
  }

  /// A hundred years of 365 days, beyond which nothing is measured or waited for.
  package static let longest = hours(100 * 365 * 24)

  package static func seconds(_ seconds: Int) -> TimeSpan { TimeSpan(milliseconds: seconds * 1000) }
  package static func minutes(_ minutes: Int) -> TimeSpan { seconds(minutes * 60) }
  package static func hours(_ hours: Int) -> TimeSpan { minutes(hours * 60) }

  package var seconds: Double { Double(milliseconds) / 1000 }
  package var duration: Duration { .milliseconds(milliseconds) }

  package static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.milliseconds < right.milliseconds
  }

  package static var schema: Schema {
    .text(
      Schema.TextForm(
        name: "duration", pattern: "^([0-9]*\\.?[0-9]+(d|h|m|s|ms))+$", example: "30m"))
  }

  package var value: Value { .string(description) }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> TimeSpan? {
    if let text = node.scalar?.value.string, let span = TimeSpan(text) { return span }
    problems.add(.mismatch(expected: "a duration", found: node, remedy: remedy(for: node)))
    return nil
  }

  /// `1:30:00` in hours, minutes and seconds.
  private static func clock(_ text: String) -> TimeSpan? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 4 ? Int($0) : nil }
    guard parts.count == 3, numbers.count == 3, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    return .seconds((numbers[0] * 60 + numbers[1]) * 60 + numbers[2])
  }

  private static func remedy(for node: Node) -> String {
    let text = node.scalar?.text ?? "30"
    if node.scalar?.value.double != nil { return "add a unit, for example '\(text)s'" }
    if let clock = clock(text) { return "write \(clock)" }
    let compact = text.filter { $0 != " " }.lowercased()
    for (unit, words) in [
      ("ms", "milliseconds millisecond"), ("d", "days day"), ("h", "hours hour hrs hr"),
      ("m", "minutes minute mins min"), ("s", "seconds second secs sec"),
    ] {
      guard let word = words.split(separator: " ").first(where: { compact.hasSuffix($0) }) else {
        continue
      }
      let number = compact.dropLast(word.count)
      if Double(number) != nil { return "write \(number)\(unit)" }
    }
    return "write a number and 'd', 'h', 'm', 's' or 'ms', for example '1h30m'"
  }
}

extension TimeSpan: LosslessStringConvertible {
  private static let units: [(String, UInt)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
  ]

  package init?(_ description: String) {
    guard let parts = Quantity.parts(description) else { return nil }
    var total = 0.0
    for part in parts {
      guard let unit = Self.units.first(where: { $0.0 == part.unit }) else { return nil }
      total += part.number * Double(unit.1)
    }
    guard let milliseconds = Int(exactly: total.rounded()) else { return nil }
    self.init(milliseconds: milliseconds)
  }

  /// The span in the largest units that fit, such as `1h30m`.
  package var description: String {
    if milliseconds == 0 { return "0s" }
    var rest = milliseconds.magnitude
    var text = milliseconds < 0 ? "-" : ""
    for (unit, size) in Self.units where rest >= size {
      text += "\(rest / size)\(unit)"
      rest %= size
    }
    return text
  }
}
