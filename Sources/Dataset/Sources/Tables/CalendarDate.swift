/// A date as ISO 8601 writes it, perhaps with a time of the day: `2012-01-31`, `2012-01-31T08:30:00Z`.
///
/// `/` may stand for `-`, and a blank for the `T`.
struct CalendarDate: Hashable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  /// Seconds since midnight by the clock that the text was written by.
  let seconds: Double

  /// What that clock is ahead of UTC, in seconds.
  let offset: Double

  /// Whether a time of the day is written.
  let hasTime: Bool

  init(year: Int, month: Int, day: Int, seconds: Double, offset: Double, hasTime: Bool) {
    self.year = year
    self.month = month
    self.day = day
    self.seconds = seconds
    self.offset = offset
    self.hasTime = hasTime
  }

  /// Nil where the bytes are no such date, or one that no calendar has.
  init?(_ text: ArraySlice<UInt8>) {
    var text = Reader(rest: text)
    guard let year = text.digits(4), let mark = text.mark("-/"), let month = text.digits(2),
      text.mark(mark) != nil, let day = text.digits(2), year > 0, (1...12).contains(month),
      (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard !text.rest.isEmpty else {
      (seconds, offset, hasTime) = (0, 0, false)
      return
    }
    guard text.mark("Tt ") != nil, let seconds = text.time(), let offset = text.offset(),
      text.rest.isEmpty
    else { return nil }
    (self.seconds, self.offset, hasTime) = (seconds, offset, true)
  }

  /// Days since 2000-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms").
  var dayNumber: Int {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 730_425
  }

  /// The day so many days after 2000-01-01, by the same source.
  init(dayNumber: Int) {
    let shifted = dayNumber + 730_425
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let ofYear = month < 10 ? month + 3 : month - 9
    self.init(
      year: yearOfEra + era * 400 + (ofYear <= 2 ? 1 : 0), month: ofYear,
      day: dayOfYear - (153 * month + 2) / 5 + 1, seconds: 0, offset: 0, hasTime: false)
  }

  /// Days since the first of January.
  var dayOfYear: Int {
    (1..<month).reduce(day - 1) { $0 + Self.days(inMonth: $1, of: year) }
  }

  var daysInYear: Int { Self.isLeap(year) ? 366 : 365 }

  /// Days since Monday.
  var weekday: Int { ((dayNumber + 5) % 7 + 7) % 7 }

  private static func isLeap(_ year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}

extension CalendarDate {
  /// Takes a date's parts from the front of a text.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func digits(_ count: Int) -> Int? {
      guard rest.count >= count else { return nil }
      var number = 0
      for _ in 0..<count {
        guard let byte = rest.popFirst(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        else { return nil }
        number = number * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return number
    }

    /// The next character where it is one of these.
    mutating func mark(_ marks: String) -> String? {
      guard let byte = rest.first, marks.utf8.contains(byte) else { return nil }
      rest.removeFirst()
      return String(UnicodeScalar(byte))
    }

    /// Hours and minutes, perhaps seconds and decimals of them.
    mutating func time() -> Double? {
      guard let hours = digits(2), mark(":") != nil, let minutes = digits(2), hours < 24,
        minutes < 60
      else { return nil }
      var seconds = Double(hours * 3600 + minutes * 60)
      guard mark(":") != nil else { return seconds }
      guard let whole = digits(2), whole <= 60 else { return nil }
      seconds += Double(whole)
      guard mark(".,") != nil else { return seconds }
      var place = 0.1
      guard let first = digits(1) else { return nil }
      seconds += Double(first) * place
      while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        rest.removeFirst()
        place /= 10
        seconds += Double(byte - UInt8(ascii: "0")) * place
      }
      return seconds
    }

    /// `Z`, `+01:00`, `-0530`, `+01`, or nothing.
    mutating func offset() -> Double? {
      if rest.isEmpty || mark("Zz") != nil { return 0 }
      guard let sign = mark("+-"), let hours = digits(2), hours < 24 else { return nil }
      var seconds = Double(hours * 3600)
      if !rest.isEmpty {
        _ = mark(":")
        guard let minutes = digits(2), minutes < 60 else { return nil }
        seconds += Double(minutes * 60)
      }
      return sign == "-" ? -seconds : seconds
    }
  }
}
