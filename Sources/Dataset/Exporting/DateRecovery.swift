internal import Glibc

/// Gives the dates back that a feature's numbers were made of, where their parts tell.
///
/// A date without a time follows from the age, or from year, month and day. A time of the day follows from the
/// hour or from the place on the clock's circle, to a hundredth of a second; the age then tells the day, and how
/// far that clock is ahead of UTC. What is given back becomes the same numbers again, or else it is missing:
/// so it is with numbers that no date has, such as a mean that fills a gap.
struct DateRecovery {
  let kind: ExportColumn.Kind
  private let parts: [DatePart]

  /// Where each part's first number stands.
  private let places: [DatePart: Int]

  /// Fails where parts do not tell a date or a time.
  init?(_ parts: [DatePart]) {
    self.parts = parts
    var places: [DatePart: Int] = [:]
    var next = 0
    for part in parts {
      places[part] = places[part] ?? next
      next += part.elements.count
    }
    self.places = places
    let hasDay = places[.age] != nil || [.year, .month, .day].allSatisfy { places[$0] != nil }
    let hasClock = places[.hour] != nil || places[.daytime] != nil
    switch (hasDay, hasClock) {
    case (true, true): kind = .moment
    case (true, false): kind = .date
    case (false, true): kind = .clock
    case (false, false): return nil
    }
  }

  /// What a row is: days since 1970, or milliseconds since 1970 in UTC or since midnight, and whether the
  /// moment was written by another clock than that of UTC; nil where the numbers are those of no date.
  ///
  /// - Parameter numbers: The row's, one for each element of the parts.
  func value(of numbers: ArraySlice<Float>) -> (value: Int64, isMoved: Bool)? {
    let numbers = Array(numbers)
    guard numbers.allSatisfy(\.isFinite), let date = date(of: numbers), isSame(date, numbers)
    else { return nil }
    let day = Int64(date.dayNumber) + 10_957
    let milliseconds = Int64(((date.seconds - date.offset) * 100).rounded()) * 10
    switch kind {
    case .date: return (day, false)
    case .clock: return (milliseconds, false)
    default: return (day * 86_400_000 + milliseconds, date.offset != 0)
    }
  }

  private func date(of numbers: [Float]) -> CalendarDate? {
    let age = places[.age].map { Double(numbers[$0]) * 365.2425 }
    guard kind != .date else { return calendarDay(numbers) ?? age.map { Self.day($0) } }
    guard let seconds = seconds(numbers) else { return nil }
    if kind == .clock {
      return CalendarDate(
        year: 2000, month: 1, day: 1, seconds: seconds, offset: 0, hasTime: true)
    }
    guard let age else {
      return calendarDay(numbers).map {
        CalendarDate(
          year: $0.year, month: $0.month, day: $0.day, seconds: seconds, offset: 0, hasTime: true)
      }
    }
    // The age tells the moment to a minute or two, which is enough for the day and for how many quarters of
    // an hour the clock is ahead.
    let clock = age * 86400 - seconds
    let ahead = (-clock / 900).rounded() * 900
    let days = (-ahead / 86400).rounded()
    let offset = ahead + days * 86400
    let date = Self.day(days)
    return CalendarDate(
      year: date.year, month: date.month, day: date.day, seconds: seconds, offset: offset,
      hasTime: true)
  }

  private func calendarDay(_ numbers: [Float]) -> CalendarDate? {
    guard let year = places[.year], let month = places[.month], let day = places[.day] else {
      return nil
    }
    let parts = [year, month, day].map { Int(exactly: numbers[$0]) ?? 0 }
    let date = CalendarDate(
      year: parts[0], month: parts[1], day: parts[2], seconds: 0, offset: 0, hasTime: false)
    return (1...12).contains(date.month) && (1...9999).contains(date.year)
      && CalendarDate(dayNumber: date.dayNumber) == date ? date : nil
  }

  /// Seconds since midnight, to a hundredth.
  private func seconds(_ numbers: [Float]) -> Double? {
    var seconds: Double
    if let place = places[.daytime] {
      let angle = atan2(Double(numbers[place]), Double(numbers[place + 1]))
      seconds = (angle < 0 ? angle + 2 * .pi : angle) / (2 * .pi) * 86400
    } else if let place = places[.hour] {
      seconds = Double(numbers[place]) * 3600
    } else {
      return nil
    }
    seconds = (seconds * 100).rounded() / 100
    return (0...86400).contains(seconds) ? seconds == 86400 ? 0 : seconds : nil
  }

  /// Whether a date has these numbers, but for how they are rounded.
  private func isSame(_ date: CalendarDate, _ numbers: [Float]) -> Bool {
    let own = parts.flatMap { $0.numbers(of: date) }
    return zip(own, numbers).allSatisfy { own, number in
      abs(Float(own) - number) <= max(2e-6, 2 * number.ulp)
    }
  }

  /// The nearest day to so many days after 2000-01-01; that day itself where there are too many.
  private static func day(_ number: Double) -> CalendarDate {
    CalendarDate(dayNumber: Int(exactly: number.rounded()) ?? 0)
  }
}
