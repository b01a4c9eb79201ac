import Diagnostics
import Network
import Options
import Tensor
import Testing

@testable import Dataset

@Suite struct TableSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ text: String, _ selection: TableSelection, format: TableFormat = TableFormat(),
    _ policy: BadRows.Policy = .error
  ) throws -> (source: TableSource, facts: RowFacts, block: Block?, bad: BadRows) {
    var source = try TableSource(
      [folder.file("t.csv", text)], format: format, selection: selection)
    var bad = BadRows(policy)
    let facts = try source.survey(&bad)
    try bad.throwIfErrors()
    let wanted = Set(facts.ids)
    var block: Block?
    var unread = BadRows(.error)
    try source.read(&unread, where: wanted.contains) { more in
      if block == nil { block = more } else { block?.append(more) }
    }
    return (source, facts, block, bad)
  }

  @Test func `infers numbers, categories and classes`() throws {
    let text = "age,colour,height,kind\n1,red,2.5,b\n,blue,3,a\n3,,nan,b\n"
    var selection = TableSelection(target: "kind")
    selection.isStratified = true
    let (source, facts, block, _) = try load(text, selection)
    #expect(
      source.features == [
        Feature(
          name: "numbers", kind: .numbers, shape: [2], type: .float32, columns: ["age", "height"]),
        Feature(
          name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
          categories: ["blue", "red"]),
      ])
    #expect(source.target == Target(name: "kind", task: .classification, classes: ["a", "b"]))
    #expect(facts.ids == [0, 1, 2])
    #expect(facts.labels == [1, 0, 1])
    #expect(block?.features["colour"] == .int32([1, 0, -1]))
    #expect(block?.target == .int64([1, 0, 1]))
    guard case .float32(let numbers) = block?.features["numbers"] else { return }
    #expect(numbers.map { $0.isNaN ? -1 : $0 } == [1, 2.5, -1, 3, 3, -1])
  }

  @Test func `says which numbers 32 bits cannot tell apart`() throws {
    let rows = (0..<40).map { "\(520_000_000 + 5 * $0),\(5_200_000 + 5 * $0),\($0)e-3,\($0).5" }
    let text = "far,near,small,y\n" + rows.joined(separator: "\n") + "\n"
    let source = try load(text, TableSelection(target: "y")).source
    #expect(
      source.warnings.map(\.message) == [
        "the numbers of 'far' lie from 520000000 to 520000195, too close together for 32 bits: "
          + "520000080 becomes 520000064"
      ])
    #expect(
      source.warnings.first?.notes.map(\.message) == [
        "subtract a number near them where the file is made, such as 520000000"
      ])
  }

  @Test func `refuses a target of which 32 bits leave nothing much`() throws {
    func load(offset: Int, step: Int) throws -> [Diagnostic] {
      let rows = (0..<40).map { "\($0).5,\(offset + step * $0)" }
      return try self.load(
        "x,y\n" + rows.joined(separator: "\n") + "\n",
        TableSelection(target: "y", task: .regression)
      ).source.warnings
    }
    let thrown = #expect(throws: Diagnostics.self) {
      try load(offset: 1_700_000_000, step: 1)
    }
    let problem = try #require(thrown?.all.first)
    #expect(
      problem.message
        == "the numbers of the target 'y' lie from 1700000000 to 1700000039, too close together for "
        + "32 bits: 1700000039 becomes 1700000000")
    #expect(problem.severity == .error && problem.location?.line == 1)
    #expect(
      problem.notes.map(\.message) == [
        "subtract a number near them where the file is made, such as 1700000000, and add it to the "
          + "answers"
      ])
    #expect(try load(offset: 1_700_000_000, step: 500).map(\.severity) == [.warning])
    #expect(try load(offset: 1_700_000_000, step: 50_000).isEmpty)
    #expect(try load(offset: 1_700_000_000, step: 0).isEmpty)
  }

  @Test func `makes an image of columns, in bytes where they fit`() throws {
    let picture = Picture(channels: 1, height: 1, width: 2)
    let selection = TableSelection(
      features: [
        FeatureDeclaration(
          name: "image", columns: [try #require(Pattern("p*"))], picture: picture)
      ], target: "digit")
    let bytes = try load("p0,p1,digit\n0,16,10\n7,255,9\n", selection)
    #expect(bytes.source.features[0].type == .uint8)
    #expect(bytes.source.features[0].shape == [1, 1, 2])
    #expect(bytes.block?.features["image"] == .uint8([0, 16, 7, 255]))
    #expect(bytes.source.target?.classes == ["9", "10"])
    let floats = try load("p0,p1,digit\n0,16,1\n7,,2\n", selection)
    #expect(floats.source.features[0].type == .float32)
  }

  @Test(arguments: [
    ("t\n1\n2\n3", Target.Task.regression), ("t\n1\n2\n3\n2\n1\n3", .classification),
    ("t\n4\n7\n7", .classification), ("t\n1.5\n2\n", .regression),
    ("t\na\nb\n", .classification),
    ("t\n" + (0...50).map { "\($0)\n" }.joined(), .regression),
  ])
  func `infers the task`(text: String, task: Target.Task) throws {
    let table = text.split(separator: "\n").map { "\($0),1" }.joined(separator: "\n")
      .replacing("t,1", with: "t,x")
    let (source, _, _, _) = try load(table, TableSelection(target: "t"))
    #expect(source.target?.task == task)
  }

  @Test(arguments: [
    ("a,y\n1,0\n2\n3,1\n", 3, "1 field where the header has 2"),
    ("a,y\n1,0\n2,0,0\n", 3, "3 fields where the header has 2"),
    ("a,y\n1,0\n2,0\n\n1.2x,1\n", 5, "'1.2x' in the column 'a' is not a number"),
    ("a,y\n1,0\n1e300,1\n", 3, "'1e300' in the column 'a' does not fit a 32-bit number"),
    ("a,y\n1,0\n1,\n", 3, "the target 'y' is missing"),
    ("a,y\n\"r\ned\",0\ns,0\nt,1,\n", 5, "3 fields where the header has 2"),
    ("a,y\n1,0\n1e400,1\n", 3, "'1e400' in the column 'a' does not fit a 32-bit number"),
    ("c,y\nr,0\nb\0,1\nr,1\n", 3, "the field 'c' holds a zero byte, which no text has"),
  ])
  func `points at a bad row, or skips it`(text: String, line: Int, fact: String) throws {
    let thrown = #expect(throws: Diagnostics.self) { try load(text, TableSelection(target: "y")) }
    #expect(thrown?.first?.message == fact)
    #expect(thrown?.first?.location == SourceLocation(file: "t.csv", line: line, column: 1))
    let kept = try load(text, TableSelection(target: "y"), .skip)
    #expect(kept.bad.count == 1)
    #expect(kept.bad.listed.first?.message == fact)
    #expect(kept.block?.count == kept.facts.count)
  }

  @Test func `finds bytes that are not UTF-8 in text`() throws {
    let bytes = Array("c,y\nred,0\n".utf8) + [0xff, 0xfe] + Array(",1\nblue,1\n".utf8)
    var source = try TableSource(
      [folder.file("t.csv", bytes)], selection: TableSelection(target: "y"))
    var bad = BadRows(.skip)
    let facts = try source.survey(&bad)
    #expect(facts.ids == [0, 2])
    #expect(bad.listed.map(\.message) == ["the field 'c' is not UTF-8"])
  }

  @Test func `stops after many bad rows`() throws {
    let text = "a,y\n1,0\n" + String(repeating: "1\n", count: 100)
    let thrown = #expect(throws: Diagnostics.self) { try load(text, TableSelection(target: "y")) }
    #expect(thrown?.count == 20)
  }

  @Test(arguments: [
    ("", "t.csv is empty"), ("a,b,a\n", "columns 1 and 3 are both named 'a'"),
    ("a,b\n1,2\n", "there is no column 'y' for 'target'"),
    ("y\n1\n", "no column is left to be a feature"),
  ])
  func `refuses a table without what it needs`(text: String, fact: String) throws {
    let thrown = #expect(throws: Diagnostic.self) { try load(text, TableSelection(target: "y")) }
    #expect(thrown?.message == fact)
  }

  @Test(arguments: [
    (
      "a,y\n1,2,3\n4,5,6\n",
      "if the first column has no name, as R writes row names, give it one in the header"
    ),
    (
      "a,y\n1,2,\n4,5,\n",
      "a delimiter ends each row: end the header with one too, and leave that column out"
    ),
    (
      "a,y\n1\n2\n3\n",
      "look at `delimiter`, `quote` and `skip-rows`, which may be others than the table's"
    ),
  ])
  func `says once that no row has the fields of the header`(text: String, remedy: String) throws {
    let thrown = #expect(throws: Diagnostic.self) { try load(text, TableSelection(target: "y")) }
    #expect(thrown?.message.hasSuffix("where the header has 2") == true)
    #expect(thrown?.location == SourceLocation(file: "t.csv", line: 2, column: 1))
    #expect(thrown?.notes.map(\.message) == [remedy])
  }

  @Test func `says once that texts are no UTF-8, with the remedy`() throws {
    let bytes =
      Array("c,y\nZ".utf8) + [0xfc] + Array("rich,0\nGen".utf8) + [0xe8] + Array("ve,1\n".utf8)
    let file = try folder.file("t.csv", bytes)
    let thrown = #expect(throws: Diagnostics.self) {
      var source = try TableSource([file], selection: TableSelection(target: "y"))
      var bad = BadRows(.error)
      _ = try source.survey(&bad)
    }
    #expect(
      thrown?.all.map(\.message) == ["the field 'c' is not UTF-8, nor is what 1 more row has"])
    var format = TableFormat()
    format.encoding = .windows1252
    var source = try TableSource([file], format: format, selection: TableSelection(target: "y"))
    var bad = BadRows(.error)
    _ = try source.survey(&bad)
    #expect(source.features.first?.categories == ["Genève", "Zürich"])
  }

  @Test func `has no rows where there is only a header`() throws {
    let (_, facts, block, _) = try load("a,y\n", TableSelection(target: "y"))
    #expect(facts.count == 0)
    #expect(block == nil)
  }

  @Test func `reads new rows for settled features`() throws {
    let features = [
      Feature(
        name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
        categories: ["blue", "red"])
    ]
    let file = try folder.file("new.csv", "other,colour\n1,red\n2,green\n")
    let source = try TableSource([file], features: features)
    var bad = BadRows(.error)
    var values: [ColumnValues?] = []
    try source.read(&bad, where: { _ in true }) { values.append($0.features["colour"]) }
    #expect(values == [.int32([1, -1])])
  }

  @Test func `refuses files with other columns`() throws {
    let files = [try folder.file("a.csv", "x,y\n1,2\n"), try folder.file("b.csv", "y,x\n1,2\n")]
    let thrown = #expect(throws: Diagnostic.self) {
      try TableSource(files, selection: TableSelection(target: "y"))
    }
    #expect(thrown?.message == "b.csv does not have the columns of a.csv")
  }

  @Test func `names columns by number without a header`() throws {
    let (source, _, block, _) = try load(
      "1,2\n3,4\n", TableSelection(target: "column_2"), format: TableFormat(hasHeader: false))
    #expect(source.features.first?.columns == ["column_1"])
    #expect(block?.count == 2)
  }
}
