extension CalendarDate {
  /// A time of the day without a date, as `08:30`, `8:30:15.5` or `8:30 pm`: of the first day of 2000.
  ///
  /// Nil where the bytes are no such time, or one that no clock shows.
  init?(clock text: ArraySlice<UInt8>) {
    guard (4...18).contains(text.count) else { return nil }
    var rest = text
    var half: Double?
    if let last = rest.last, last | 0x20 == UInt8(ascii: "m") {
      let mark = rest.dropLast().last.map { $0 | 0x20 }
      guard mark == UInt8(ascii: "a") || mark == UInt8(ascii: "p") else { return nil }
      half = mark == UInt8(ascii: "p") ? 12 : 0
      rest = Cell.trimmed(rest.dropLast(2))
    }
    let parts = rest.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hours = Self.number(parts[0], 1...2),
      let minutes = Self.number(parts[1], 2...2), minutes < 60
    else { return nil }
    guard half == nil ? hours < 24 : (1...12).contains(hours) else { return nil }
    var seconds = 0.0
    if parts.count == 3 {
      let whole = parts[2].prefix { $0 != UInt8(ascii: ".") }
      guard Self.number(whole, 2...2) != nil, parts[2].count != whole.count + 1,
        let number = Cell.number(parts[2]), number < 61
      else { return nil }
      seconds = number
    }
    let hour = half.map { Double(Int(hours) % 12) + $0 } ?? hours
    self.init(
      year: 2000, month: 1, day: 1, seconds: hour * 3600 + minutes * 60 + seconds, offset: 0,
      hasTime: true)
  }

  /// So many digits and nothing else.
  private static func number(_ text: ArraySlice<UInt8>, _ count: ClosedRange<Int>) -> Double? {
    guard count.contains(text.count),
      text.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Cell.number(text)
  }
}
