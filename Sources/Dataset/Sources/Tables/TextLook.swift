/// What a field that is no number looks like.
enum TextLook: Hashable {
  /// One of the texts that people write for a missing value.
  case absent

  /// A date that can be read; the second case has a time of the day.
  case date
  case moment

  /// A date in an order that the text alone does not tell.
  case otherDate

  /// A number with separators, or with a sign of money or percent.
  case styled
  case unit

  /// A time of the day without a date.
  case time

  /// Bytes that are no text.
  case undecodable
  case other

  init(_ text: ArraySlice<UInt8>) {
    if text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil {
      self = .undecodable
    } else if Self.isAbsent(text) {
      self = .absent
    } else if text.count > Self.longest || !Cell.isDigits(text) {
      self = .other
    } else if let date = CalendarDate(text) {
      self = date.hasTime ? .moment : .date
    } else if NumberStyle.others.contains(where: { $0.number(text) != nil }) {
      self = .styled
    } else if Self.isNumberWithUnit(text) {
      self = .unit
    } else if CalendarDate(clock: text) != nil {
      self = .time
    } else {
      self = Self.isDateLike(text) ? .otherDate : .other
    }
  }

  /// A longer text is neither a number nor a date.
  private static let longest = 64

  private static let absentTexts: Set<String> = [
    "na", "n/a", "n.a.", "<na>", "#n/a", "#na", "null", "none", "nil", "nul", "missing", "unknown",
    "undefined", "\\n", "-", "--", "---", "?", "??", ".", "..", "#value!", "#ref!", "#div/0!",
    "-nan", "-nan(ind)", "1.#qnan", "1.#ind", "nodata",
  ]

  private static func isAbsent(_ text: ArraySlice<UInt8>) -> Bool {
    text.count <= 10 && absentTexts.contains(String(decoding: text, as: UTF8.self).lowercased())
  }

  private static let units = ["%", "$", "€", "£", "¥"].map { Array($0.utf8) }

  private static func isNumberWithUnit(_ text: ArraySlice<UInt8>) -> Bool {
    for unit in units where text.count > unit.count {
      var bare = text
      if bare.starts(with: unit) {
        bare.removeFirst(unit.count)
      } else if bare.suffix(unit.count).elementsEqual(unit) {
        bare.removeLast(unit.count)
      } else {
        continue
      }
      let number = Cell.trimmed(bare)
      let styles = [NumberStyle.plain] + NumberStyle.others
      if styles.contains(where: { $0.number(number) != nil }) { return true }
    }
    return false
  }

  /// Three numbers, or two with a month's name, with marks between them; perhaps a time after.
  private static func isDateLike(_ text: ArraySlice<UInt8>) -> Bool {
    guard (6...40).contains(text.count) else { return false }
    let words = String(decoding: text, as: UTF8.self).lowercased()
      .split { "/-., ".contains($0) }.filter { !weekdays.contains(String($0.prefix(3))) }
    let parts = words.prefix(3)
    guard parts.count == 3, words.dropFirst(3).first?.contains(":") ?? true else { return false }
    let isNamed = parts.contains { months.contains(String($0.prefix(3))) }
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == (isNamed ? 2 : 3)
      && numbers.allSatisfy { (0...99).contains($0) || (1000...2999).contains($0) }
      && numbers.contains { (1...31).contains($0) }
  }

  private static let weekdays: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
}

extension NumberStyle {
  /// The ways to write numbers that a table may have to be told of, the likelier first.
  static let others: [NumberStyle] = [
    style(".", ","), style(",", nil), style(",", "."), style(".", " "), style(".", "'"),
    style(",", " "), style(".", "_"),
  ]

  private static func style(_ decimal: Unicode.Scalar, _ thousands: Unicode.Scalar?) -> NumberStyle
  {
    NumberStyle(
      decimal: UInt8(ascii: decimal), thousands: thousands.map { UInt8(ascii: $0) })
  }
}
