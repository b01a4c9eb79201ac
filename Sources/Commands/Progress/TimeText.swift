/// Lengths of time as people read them.
enum TimeText {
  /// Such as `0.4s`, `12s`, `1m05s` or `2h03m`.
  static func text(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "unknown" }
    if seconds < 9.95 {
      let tenths = Int((seconds * 10).rounded())
      return "\(tenths / 10).\(tenths % 10)s"
    }
    let whole = Int(min(seconds, 1e9).rounded())
    if whole < 60 { return "\(whole)s" }
    if whole < 3600 { return "\(whole / 60)m\(padded(whole % 60))s" }
    return "\(whole / 3600)h\(padded(whole % 3600 / 60))m"
  }

  private static func padded(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
