import Diagnostics
import Network
import Options
import Tensor
import Testing

@testable import Dataset

@Suite struct TableReviewTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func survey(
    _ text: String, _ selection: TableSelection = TableSelection(target: "t"),
    _ format: TableFormat = TableFormat(), _ policy: BadRows.Policy = .error
  ) throws -> TableSource {
    var source = try TableSource(
      [folder.file("t.csv", text)], format: format, selection: selection)
    var bad = BadRows(policy)
    _ = try source.survey(&bad)
    try bad.throwIfErrors()
    return source
  }

  /// A table of a column `x` of these fields and a target of two classes.
  private func table(_ fields: [String]) -> String {
    "x,t\n" + fields.enumerated().map { "\"\($1)\",\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
  }

  @Test(arguments: [
    (
      ["1.5", "NA", "2.5", "NA"], 3,
      "'NA' in the column 'x' is not a number, nor is what 1 more row has"
    ),
    (
      ["?", "-", "?", "1", "n/a"], 2,
      "'?' in the column 'x' is not a number, nor is what 3 more rows have"
    ),
    (["1", "2", "1,234", "3"], 4, "'1,234' in the column 'x' is not a number"),
    (["1", "2", "3%", "4"], 4, "'3%' in the column 'x' is not a number"),
    (["2012-01-01", "null", "2012-01-03"], 3, "'null' in the column 'x' is not a date"),
  ])
  func `says once what a column otherwise of numbers or dates holds`(
    fields: [String], line: Int, fact: String
  ) throws {
    let thrown = #expect(throws: Diagnostics.self) { try survey(table(fields)) }
    #expect(thrown?.all.map(\.message) == [fact])
    #expect(thrown?.first?.location == SourceLocation(file: "t.csv", line: line, column: 1))
  }

  @Test func `names the remedy for texts that stand for missing values`() throws {
    let text = table(["1.5", "NA", "2.5", "-", "null", "3"])
    let thrown = #expect(throws: Diagnostics.self) { try survey(text) }
    #expect(
      thrown?.first?.notes.map(\.message) == [
        "where it stands for a missing value, write `missing: ['-', NA, 'null']`, or "
          + "`missing: {x: ['-', NA, 'null']}` for this column alone",
        "`kinds: {x: category}` takes it for one of several texts",
      ])
    var format = TableFormat()
    format.missingByColumn = ["x": ["-", "NA", "null"]]
    #expect(try survey(text, .init(target: "t"), format).features.map(\.kind) == [.numbers])
    let kept = try survey(text, TableSelection(target: "t"), TableFormat(), .skip)
    #expect(kept.features.map(\.kind) == [.numbers])
  }

  @Test func `takes a target that is otherwise numbers for no class of texts`() throws {
    let rows = (0..<60).map { "1,\($0).5\n" }.joined()
    let thrown = #expect(throws: Diagnostics.self) { try survey("x,t\n" + rows + "1,NA\n") }
    #expect(thrown?.first?.message == "'NA' in the column 't' is not a number")
    #expect(
      thrown?.first?.notes.last?.message
        == "rows without a target are left out by `bad-rows: skip`")
  }

  @Test func `says that a text for a missing value is taken for a class`() throws {
    let source = try survey("x,t\n1,cat\n2,NA\n3,dog\n4,NA\n5,cat\n")
    #expect(
      warnings(source) == [
        "2 rows have 'NA' or the like in the target 't', which is taken for a class"
      ])
    #expect(
      source.warnings.first?.notes.map(\.message) == [
        "where it stands for a missing value, write `missing: {t: NA}` and `bad-rows: skip`"
      ])
  }

  @Test func `tells of a few columns of many`() throws {
    let names = (0..<30).map { "c\($0)" }
    let rows = (0..<3).map { _ in names.map { _ in "same" }.joined(separator: ",") + ",u\n" }
    let source = try survey(
      names.joined(separator: ",") + ",t\n" + rows.joined() + "\(rows[0].dropLast(2))v\n")
    #expect(source.warnings.count == 10)
    #expect(source.warnings.last?.notes.last?.message == "and 20 more such columns")
  }

  @Test func `takes a long text for what it is at once`() throws {
    let text = String(repeating: "1,234 ", count: 1 << 17)
    #expect(try warnings(survey("x,t\n\"\(text)\",u\nb,v\nc,u\n")) == [])
  }

  private func warnings(_ source: TableSource) -> [String] { source.warnings.map(\.message) }

  @Test(arguments: [
    (["1,234", "12,345", "999"], "numbers", "write `thousands: ','` to read such numbers"),
    (["1,5", "12,75", "0,25"], "numbers", "write `decimal: ','` to read such numbers"),
    (
      ["1.234,5", "2.345,75", "0,25"], "numbers",
      "write `decimal: ','` and `thousands: '.'` to read such numbers"
    ),
    (["1 234", "12 345", "1 000 000"], "numbers", "write `thousands: ' '` to read such numbers"),
    (["1'234", "12'345", "2'000"], "numbers", "write `thousands: \"'\"` to read such numbers"),
    (
      ["$5", "$1,200", "€7"], "numbers",
      "numbers are read without signs of money or percent: take them away in the file, or leave the "
        + "column out with `columns: '!x'`"
    ),
    (
      ["31/12/2012", "1/2/2013", "05/06/2013"], "dates",
      "dates are read where they are written as 2012-01-31"
    ),
    (
      ["Jan 5, 2012", "Feb 6, 2012", "March 7, 2012"], "dates",
      "dates are read where they are written as 2012-01-31"
    ),
    (["0,125", "1,250", "-0,500"], "numbers", "write `decimal: ','` to read such numbers"),
  ])
  func `warns of texts that look like something else`(
    fields: [String], noun: String, remedy: String
  ) throws {
    let source = try survey(table(fields))
    #expect(
      warnings(source) == [
        "the texts of the column 'x', such as '\(fields[0])', look like \(noun) and are taken for "
          + "categories"
      ])
    #expect(source.warnings.first?.notes.map(\.message) == [remedy])
    #expect(source.warnings.first?.severity == .warning)
  }

  @Test(arguments: [
    (["red", "blue", "red"], []), (["10.0.0.1", "10.0.0.2", "10.0.0.1"], []),
    (["1-2", "3-4", "1-2"], []), (["+41 44 123 45 67", "044 123 45 68", "044 123 45 68"], []),
    (
      ["01010", "501", "10001"],
      ["'01010' in the column 'x' starts with a zero, as codes do, and is taken for a number"]
    ),
    (["0.5", "0", "10"], []),
    (["7", "", "7", "7"], ["the column 'x' has the same number in every row that has one"]),
    (
      ["1", "inf", "3"],
      ["the column 'x' is infinite in 1 row, and nothing can be learnt from those"]
    ),
    (
      ["1", "inf", "-Infinity"],
      ["the column 'x' is infinite in 2 rows, and nothing can be learnt from those"]
    ),
    (["", "", ""], ["the column 'x' has no value in any row"]),
    (["01", "1", "a", "b", "c"], ["'01' and '1' are two texts of the column 'x'"]),
    (
      ["9007199254740993", "9007199254740993"],
      [
        "the column 'x' has the same number in every row that has one"
      ]
    ),
    (["red", "red", "red"], ["every row has 'red' in the column 'x'"]),
    (["Yes", "no", "yes", "no"], ["'Yes' and 'yes' are two texts of the column 'x'"]),
    (
      (0..<40).map { "id\($0)" },
      ["the column 'x' has 40 different texts in 40 rows, so that nearly none tells of another row"]
    ),
    ((0..<40).map { "id\($0 % 10)" }, []),
  ])
  func `warns of columns that tell little`(fields: [String], expected: [String]) throws {
    #expect(warnings(try survey(table(fields))) == expected)
  }

  @Test func `warns of a column that numbers the rows`() throws {
    let rows = (1...30).map { "\($0),\($0 * $0 % 7),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    let source = try survey("id,x,t\n" + rows)
    #expect(warnings(source) == ["the column 'id' numbers the rows, and tells nothing else"])
    #expect(source.warnings.first?.notes.map(\.message) == ["`columns: '!id'` leaves it out"])
  }

  @Test func `names many columns that tell nothing in one message`() throws {
    let names = (0..<9).map { "c\($0)" }
    let row = names.map { _ in "0" }.joined(separator: ",")
    let source = try survey(
      names.joined(separator: ",") + ",x,t\n\(row),1,a\n\(row),2,b\n\(row),5,b\n")
    #expect(
      warnings(source) == [
        "9 columns have the same number in every row that has one: c0, c1, c2, c3, c4, c5, …"
      ])
  }

  @Test(
    arguments: [
      ([0, 1], 40, Target.Task.classification, nil),
      ([3, 4, 5, 6, 7, 8], 600, .classification, nil),
      (
        Array(0...7), 20, .classification,
        "the target 't' has 8 different whole numbers in 20 rows, and each is taken for a class"
      ),
      (
        Array(12...44), 234, .regression,
        "the target 't' has 33 different whole numbers in 234 rows, and is taken for an amount"
      ),
      (
        Array(0...25), 520, .classification,
        "the target 't' has 26 different whole numbers in 520 rows, and each is taken for a class"
      ),
      (
        Array(0...25), 200, .regression,
        "the target 't' has 26 different whole numbers in 200 rows, and is taken for an amount"
      ),
      (Array(0...60), 610, .regression, nil),
    ] as [([Int], Int, Target.Task, String?)])
  func `tells amounts from classes, and says so in doubt`(
    values: [Int], count: Int, task: Target.Task, warning: String?
  ) throws {
    let rows = (0..<count).map { "\($0 * 7 % 11),\(values[$0 % values.count])\n" }.joined()
    let source = try survey("x,t\n" + rows)
    #expect(source.target?.task == task)
    #expect(warnings(source) == [warning].compactMap { $0 })
  }

  @Test func `leaves columns out, by name before pattern`() throws {
    var selection = TableSelection(target: "t")
    selection.columns = [try #require(ColumnChoice("!a*")), try #require(ColumnChoice("!id"))]
    let source = try survey("id,a*,ab,t\n1,2,3,x\n2,3,4,y\n", selection)
    #expect(source.features.flatMap(\.columns) == ["ab"])
    selection.columns = [try #require(ColumnChoice("ab"))]
    let taken = try survey("id,a*,ab,t\n1,2,3,x\n2,3,4,y\n", selection)
    #expect(taken.features.flatMap(\.columns) == ["ab"])
    selection.columns = [try #require(ColumnChoice("!idd"))]
    let thrown = #expect(throws: Diagnostic.self) { try survey("id,x,t\n", selection) }
    #expect(thrown?.message == "there is no column 'idd' for 'columns'")
    #expect(thrown?.notes.first?.message == "did you mean 'id'?")
  }

  @Test func `takes columns for what their user says`() throws {
    var selection = TableSelection(target: "t")
    selection.kinds = ["z*": .category, "zap": .number]
    let source = try survey("zip,zap,t\n501,1,x\n01010,2,y\n", selection)
    #expect(source.features.map(\.name) == ["numbers", "zip"])
    #expect(source.features.last?.categories == ["501", "01010"])
    #expect(source.warnings.isEmpty)
  }

  @Test func `compares whole numbers as numbers in every file`() throws {
    let files = [
      try folder.file("a.csv", "c,t\nu,0\nv,1\nu,01\n"),
      try folder.file("b.csv", "c,t\nu,1.0\nu,0.0\nv,1e0\n"),
    ]
    var selection = TableSelection(target: "t", task: .classification)
    selection.isStratified = true
    var source = try TableSource(files, selection: selection)
    var bad = BadRows(.error)
    let facts = try source.survey(&bad)
    #expect(source.target?.classes == ["0", "01", "1"])
    #expect(facts.labels == [0, 2, 1, 2, 0, 2])
    var codes = ColumnValues.int64([])
    try source.read(&bad, where: { _ in true }) { block in
      if let values = block.target { codes.append(values) }
    }
    #expect(codes == .int64([0, 2, 1, 2, 0, 2]))
  }

  @Test(arguments: ["numbers", "row", "target", "weight", "features"])
  func `has no name of its own among columns`(name: String) throws {
    let source = try survey("\(name),n,t\nu,1,a\nv,2,b\n")
    #expect(Set(source.features.map(\.name)).count == 2)
    #expect(source.features.last?.name == name)
    let path = folder.path + "/" + name
    var writer = try DatasetWriter(
      directory: path, features: source.features, target: source.target, isWeighted: true)
    var bad = BadRows(.error)
    try source.read(&bad, where: { _ in true }) { block in
      var weighted = block
      weighted.weights = [1, 2]
      try writer.append(weighted, to: .train)
    }
    _ = try writer.finish()
    let block = try #require(try Dataset(opening: path)[.train]).block(at: [0, 1])
    #expect(block.features[name] == .int32([0, 1]))
    #expect(block.target == .int64([0, 1]))
    #expect(block.rows == [0, 1] && block.weights == [1, 2])
  }
}
