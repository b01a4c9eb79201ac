internal import Diagnostics

/// What the values of one column look like, to tell numbers, categories and dates apart, and to see what its
/// user should know.
struct ColumnSurvey: Hashable {
  /// Fields that look alike: how many, and the first of them.
  struct Sighting: Hashable {
    var count = 0
    let text: String
    let place: SourceRange

    /// The different texts; no more than a few.
    var texts: Set<String> = []

    /// The texts as a setting takes them: one by itself, several as a list.
    var written: String {
      let texts = texts.sorted().map(\.written)
      return texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
    }
  }

  private(set) var numbers = 0
  private(set) var texts = 0
  private(set) var missing = 0
  private(set) var isIntegral = true
  private(set) var sightings: [TextLook: Sighting] = [:]

  /// The different numbers; one more than could be classes, if there are more.
  private(set) var distinct: Set<Double> = []

  /// The least and the greatest number.
  private(set) var range: ClosedRange<Double>?

  /// The first different texts.
  private(set) var examples: [String] = []

  /// The first number that starts with a zero before other digits.
  private(set) var leadingZero: Sighting?

  /// The infinite numbers.
  private(set) var infinite: Sighting?

  /// For each of `NumberStyle.others`, how many texts are numbers in it.
  private(set) var styleCounts = [Int](repeating: 0, count: NumberStyle.others.count)

  /// Whether each number is one more than the last.
  private(set) var counts = true
  private var last: Double?
  private(set) var first: Double?

  /// Whole numbers of at most so many different values are taken for classes.
  static let mostIntegralClasses = 50

  private static let mostTexts = 8
  private static let mostExamples = 3

  /// Adds a column of a batch.
  mutating func add(_ column: RawColumn, of batch: TableBatch) {
    switch column {
    case .numbers(let cells):
      add(cells.facts)
      for remark in cells.remarks { add(remark, at: batch.place(of: remark.row)) }
      leadingZero?.count += cells.facts.leadingZeros
    case .codes(let cells):
      add(cells.facts)
      for entry in cells.entries { add(entry, at: batch.place(of: entry.firstRow)) }
    case .texts: break
    }
  }

  private mutating func add(_ facts: NumberFacts) {
    numbers += facts.numbers
    missing += facts.missing
    isIntegral = isIntegral && facts.isIntegral
    if let more = facts.range {
      range =
        range.map {
          min($0.lowerBound, more.lowerBound)...max($0.upperBound, more.upperBound)
        } ?? more
    }
    for number in facts.distinct where distinct.count <= Self.mostIntegralClasses {
      distinct.insert(number)
    }
    if let next = facts.first {
      counts = counts && facts.counts && last.map { next == $0 + 1 } ?? true
      first = first ?? next
      last = facts.last
    }
  }

  private mutating func add(_ remark: NumberColumn.Remark, at place: SourceRange) {
    let bytes = Cell.trimmed(remark.field[...])
    switch remark.kind {
    case .text: addText(bytes, count: 1, at: place)
    case .infinite: Self.add(bytes, count: 1, at: place, to: &infinite)
    case .leadingZero: Self.add(bytes, count: 0, at: place, to: &leadingZero)
    // Digits that go beyond all numbers are told of with their row.
    case .tooLarge: break
    }
  }

  private mutating func add(_ entry: CodeColumn.Entry, at place: SourceRange) {
    let bytes = Cell.trimmed(entry.field[...])
    switch entry.cell {
    case .missing: break
    case .text: addText(bytes, count: entry.count, at: place)
    case .number(let number):
      if number.isInfinite, !Cell.isDigits(bytes) {
        Self.add(bytes, count: entry.count, at: place, to: &infinite)
      }
      if Cell.hasLeadingZero(bytes) {
        Self.add(bytes, count: entry.count, at: place, to: &leadingZero)
      }
    }
  }

  private mutating func addText(_ bytes: ArraySlice<UInt8>, count: Int, at place: SourceRange) {
    texts += count
    if examples.count < Self.mostExamples {
      let text = String(decoding: bytes.prefix(40), as: UTF8.self)
      if !examples.contains(text) { examples.append(text) }
    }
    let look = TextLook(bytes)
    Self.add(bytes, count: count, at: place, to: &sightings[look])
    guard look == .styled else { return }
    for (index, style) in NumberStyle.others.enumerated() where style.number(bytes) != nil {
      styleCounts[index] += count
    }
  }

  private static func add(
    _ bytes: ArraySlice<UInt8>, count: Int, at place: SourceRange, to sighting: inout Sighting?
  ) {
    guard (sighting?.texts.count ?? 0) < mostTexts else {
      sighting?.count += count
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    var found = sighting ?? Sighting(text: text, place: place)
    found.count += count
    found.texts.insert(text)
    sighting = found
  }
}

extension ColumnSurvey {
  func count(_ looks: TextLook...) -> Int {
    looks.reduce(0) { $0 + (sightings[$1]?.count ?? 0) }
  }

  var dates: Int { count(.date, .moment) }

  /// Whether most of what is present are times of the day without a date.
  var isClock: Bool { count(.time) > present - count(.time) }

  /// Texts but those that people write for a missing value.
  var presentTexts: Int { texts - count(.absent) }

  /// How many fields hold something.
  var present: Int { numbers + presentTexts }

  /// A column that is mostly numbers is one of numbers, so that a misspelt number is found, and so with
  /// dates; a column without any value is one of numbers too.
  var kind: ColumnKind {
    if dates > present - dates || isClock { return .date }
    if present == 0 { return texts == 0 ? .number : .category }
    return presentTexts > numbers ? .category : .number
  }

  /// How the column's numbers are written, where texts look like numbers; the likelier one of several.
  var style: NumberStyle? {
    guard let most = styleCounts.max(), most > 0 else { return nil }
    return styleCounts.firstIndex(of: most).map { NumberStyle.others[$0] }
  }
}
