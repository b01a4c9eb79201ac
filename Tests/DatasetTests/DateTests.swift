import Diagnostics
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Dataset

@Suite struct DateTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func parsed(_ text: String) -> CalendarDate? { CalendarDate(Array(text.utf8)[...]) }

  @Test(
    arguments: [
      ("2000-01-01", 0, 5), ("2012-02-29", 4442, 2), ("1969-07-20", -11122, 6),
      ("2100/03/01", 36584, 0), ("0001-01-01", -730119, 0), ("1999-12-31", -1, 4),
    ] as [(String, Int, Int)])
  func `counts days`(text: String, days: Int, weekday: Int) throws {
    let date = try #require(parsed(text))
    #expect(date.dayNumber == days)
    #expect(date.weekday == weekday)
    #expect(!date.hasTime)
  }

  @Test(
    arguments: [
      ("2012-01-31T08:30", 30600, 0), ("2012-01-31 08:30:15", 30615, 0),
      ("2012-01-31T08:30:15.25Z", 30615.25, 0), ("2012-01-31T08:30:00+01:00", 30600, 3600),
      ("2012-01-31T08:30-0530", 30600, -19800), ("2012-01-31t23:59:60z", 86400, 0),
    ] as [(String, Double, Double)])
  func `reads times`(text: String, seconds: Double, offset: Double) throws {
    let date = try #require(parsed(text))
    #expect(date.hasTime && date.seconds == seconds && date.offset == offset)
  }

  @Test(arguments: [
    "2012-02-30", "2011-02-29", "2012-13-01", "2012-00-10", "2012-1-31", "31-01-2012",
    "2012-01/31", "2012-01-31x", "2012-01-31T25:00", "2012-01-31T10", "2012-01-31T10:00+1",
    "20120131",
    "", "2012-01-31T10:00:00.",
  ])
  func `takes no other text for a date`(text: String) {
    #expect(parsed(text) == nil)
  }

  @Test(
    arguments: [
      ("00:30", 1800), ("7:15", 26100), ("23:59:60", 86400), ("08:30:15.5", 30615.5),
      ("12:05 am", 300),
      ("12:05PM", 43500), ("1:00 pm", 46800),
    ] as [(String, Double)])
  func `reads times of the day`(text: String, seconds: Double) throws {
    let date = try #require(CalendarDate(clock: Array(text.utf8)[...]))
    #expect(date.seconds == seconds)
  }

  @Test(arguments: [
    "24:00", "12:60", "12", "1:2:3", "12:05:61", "13:00 pm", "0:30 am", "08:30Z", "a:30", "12:05:",
    "-1:30",
    "12:05:1e1",
  ])
  func `takes no other text for a time of the day`(text: String) {
    #expect(CalendarDate(clock: Array(text.utf8)[...]) == nil)
  }

  @Test func `makes a place on the clock of times without a date`() throws {
    let (source, block) = try load(
      "at,t\n06:00,a\n,b\n6:00 pm,b\n", TableSelection(target: "t"))
    #expect(source.features.map(\.name) == ["at"])
    #expect(source.features[0].elements == ["at daytime sine", "at daytime cosine"])
    guard case .float32(let numbers) = block?.features["at"] else {
      Issue.record("times are numbers")
      return
    }
    #expect(abs(numbers[0] - 1) < 1e-6 && abs(numbers[4] + 1) < 1e-6)
    #expect(numbers[2].isNaN && numbers[3].isNaN)
    let thrown = #expect(throws: Diagnostics.self) {
      try load("at,t\n06:00,a\n07:00,b\nnoon,b\n", TableSelection(target: "t"))
    }
    #expect(thrown?.first?.message == "'noon' in the column 'at' is not a time such as 08:30")
  }

  private func load(_ text: String, _ selection: TableSelection) throws -> (TableSource, Block?) {
    var source = try TableSource([folder.file("t.csv", text)], selection: selection)
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    try bad.throwIfErrors()
    var block: Block?
    try source.read(&bad, where: { _ in true }) { block = $0 }
    return (source, block)
  }

  @Test func `makes numbers of a date's parts`() throws {
    let feature = FeatureDeclaration(
      name: "when", columns: [try #require(Pattern("day"))], kind: .date,
      parts: [.year, .month, .day, .weekday, .hour, .age])
    let (source, block) = try load(
      "day,t\n2012-01-31T06:00,1.5\n,2.5\n",
      TableSelection(features: [feature], target: "t"))
    #expect(source.features.map(\.shape) == [[6]])
    #expect(
      source.features[0].elements
        == ["day year", "day month", "day day", "day weekday", "day hour", "day age"])
    guard case .float32(let numbers) = block?.features["when"] else {
      Issue.record("dates are numbers")
      return
    }
    #expect(numbers[..<5] == [2012, 1, 31, 2, 6])
    #expect(abs(numbers[5] - 12.08307) < 1e-4)
    #expect(numbers[6...].count(where: \.isNaN) == 6)
  }

  @Test func `finds columns of dates, and times among them`() throws {
    let (source, block) = try load(
      "born,seen,x,t\n2000-01-01,2000-01-03T00:00,1,a\n2000-07-01,2000-01-03T12:00,2,b\n",
      TableSelection(target: "t"))
    #expect(source.features.map(\.name) == ["numbers", "born", "seen"])
    #expect(source.features.map(\.kind) == [.numbers, .date, .date])
    #expect(source.features[1].parts == [.age, .season, .week])
    #expect(source.features[2].parts == [.age, .season, .week, .daytime])
    guard case .float32(let numbers) = block?.features["seen"] else { return }
    let first: [Float] = [0.005476, 0.034331, 0.999411, 0, 1, 0, 1]
    #expect(zip(numbers, first).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(abs(numbers[13] - -1) < 1e-6)
  }

  @Test func `says where a text is no date`() throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try load(
        "d,t\n2012-01-01,a\n2012-02-30,b\n2012-01-02,a\n", TableSelection(target: "t"))
    }
    #expect(thrown?.first?.message == "'2012-02-30' in the column 'd' is not a date")
    #expect(thrown?.first?.location?.line == 3)
  }

  @Test func `is written with its parts and read back`() throws {
    let feature = Feature(
      name: "d", kind: .date, shape: [3], type: .float32, columns: ["d"], parts: [.age, .week])
    #expect(try Feature(feature.value, file: "f") == feature)
    var value = feature.value
    value["parts"] = ["age"]
    #expect(throws: Diagnostic.self) { try Feature(value, file: "f") }
    value["parts"] = nil
    #expect(throws: Diagnostic.self) { try Feature(value, file: "f") }
  }
}
