internal import Records

/// Numbers as people read them.
package enum Figure {
  /// A whole number with its thousands apart: `1,797`.
  package static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A fraction as a percentage: `98.61%`.
  package static func percent(_ fraction: Double) -> String {
    rounded(fraction * 100, places: 2) + "%"
  }

  /// A number with about four digits that count.
  package static func number(_ number: Double) -> String {
    guard number.isFinite else { return number.isNaN ? "not a number" : "\(number)" }
    switch number.magnitude {
    case 0: return "0"
    case 1000..<1e15: return count(Int(number.rounded()))
    case 100..<1000: return rounded(number, places: 1)
    case 10..<100: return rounded(number, places: 2)
    case 1..<10: return rounded(number, places: 3)
    case 0.001..<1: return rounded(number, places: 4)
    case ..<0.001:
      var (mantissa, exponent) = (number, 0)
      while mantissa.magnitude < 1 {
        mantissa *= 10
        exponent -= 1
      }
      return rounded(mantissa, places: 2) + "e\(exponent)"
    default: return "\(number)"
    }
  }

  /// How many times as much, with about two digits that count: `6.9`, `38`.
  package static func factor(_ number: Double) -> String {
    guard number.isFinite else { return "\(number)" }
    return rounded(number, places: number < 1 ? 2 : number < 10 ? 1 : 0)
  }

  /// A length of time: `0.42 s`, `1 min 12 s`, `2 h 3 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "unknown" }
    if seconds < 10 { return rounded(seconds, places: 2) + " s" }
    if seconds < 60 { return rounded(seconds, places: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }

  /// A number with at most so many decimals and no zeros at its end.
  static func rounded(_ number: Double, places: Int) -> String {
    guard number.magnitude < 1e15 else { return "\(number)" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (number * Double(scale)).rounded()
    let whole = Int(scaled.magnitude)
    var decimals = String(whole % scale)
    decimals = String(repeating: "0", count: max(0, places - decimals.count)) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    let sign = scaled < 0 ? "-" : ""
    return sign + String(whole / scale) + (decimals.isEmpty ? "" : "." + decimals)
  }
}
