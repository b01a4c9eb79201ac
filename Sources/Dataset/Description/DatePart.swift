internal import Glibc
internal import Options

/// A number, or two of them, that a date gives a model.
package enum DatePart: String, NamedOption {
  case age
  case year
  case month
  case day
  case weekday
  case hour
  case season
  case week
  case daytime

  package var summary: String {
    switch self {
    case .age: "Years since the start of 2000 in UTC, with decimals."
    case .year: "The year."
    case .month: "The month, from 1."
    case .day: "The day of the month, from 1."
    case .weekday: "The day of the week, from 1 for Monday."
    case .hour: "Hours since midnight, with decimals."
    case .season: "Sine and cosine of the part of the year that is over."
    case .week: "Sine and cosine of the part of the week that is over, from Monday."
    case .daytime: "Sine and cosine of the part of the day that is over."
    }
  }

  /// What dates become where nobody says: where they lie in time, in the year and in the week; and in the
  /// day, if there are times.
  package static let usual: [DatePart] = [.age, .season, .week]
  package static let usualWithTime: [DatePart] = usual + [.daytime]

  /// The same of times of the day without a date.
  package static let usualOfClock: [DatePart] = [.daytime]

  /// Whether a time of the day is enough to tell the part.
  var isOfClock: Bool { self == .hour || self == .daytime }

  /// The names of the part's numbers.
  var elements: [String] {
    switch self {
    case .season, .week, .daytime: ["\(rawValue) sine", "\(rawValue) cosine"]
    default: [rawValue]
    }
  }

  /// The part's numbers of a date; all but the age go by the clock that the date was written by.
  func numbers(of date: CalendarDate) -> [Double] {
    let dayShare = date.seconds / 86400
    switch self {
    case .age:
      return [(Double(date.dayNumber) + (date.seconds - date.offset) / 86400) / 365.2425]
    case .year: return [Double(date.year)]
    case .month: return [Double(date.month)]
    case .day: return [Double(date.day)]
    case .weekday: return [Double(date.weekday + 1)]
    case .hour: return [date.seconds / 3600]
    case .season:
      return Self.circle((Double(date.dayOfYear) + dayShare) / Double(date.daysInYear))
    case .week: return Self.circle((Double(date.weekday) + dayShare) / 7)
    case .daytime: return Self.circle(dayShare)
    }
  }

  /// A point of a circle, on which the end meets the start.
  private static func circle(_ share: Double) -> [Double] {
    [sin(2 * .pi * share), cos(2 * .pi * share)]
  }
}
