import Artifacts
import Diagnostics
import Network
import Options
import Testing
import YAML

@testable import Dataset

@Suite struct TypedTableTests {
  private let folder: TemporaryFolder
  private let reference: Value

  init() throws {
    folder = try TemporaryFolder()
    reference = try Reference.read("typed_tables")
  }

  private func file(_ name: String) throws -> SourceFile {
    let files = try #require(reference["files"])
    return try folder.file(name, files.bytes(name))
  }

  private func contents(_ name: String) throws -> any TableContents {
    let format = TableFormat()
    let files = [try file(name)]
    if name.contains("parquet") {
      return try TypedContents(files: files, as: .parquet, format: format)
    }
    if name.contains("jsonl") { return try ObjectContents(files: files, format: format) }
    return try TypedContents(files: files, as: .arrow, format: format)
  }

  /// All cells of a column, as numbers or as texts.
  private func cells(
    _ contents: any TableContents, _ name: String, as form: ColumnRequest.Form
  ) throws -> [String] {
    let header = try contents.header()
    let request = ColumnRequest(try header.index(of: name, for: "test"), as: form)
    var cells: [String] = []
    try contents.forEachBatch([request], of: header) { batch in
      switch batch.columns[0] {
      case .numbers(let column):
        cells += (0..<batch.rows).map { row in
          let number = column.values[row]
          return Int(exactly: number).map { "\($0)" } ?? "\(number)"
        }
      case .texts(let column): cells += (0..<batch.rows).map { column.text($0) ?? "?" }
      case .codes(let column):
        cells += column.codes.map { code in
          code < 0 ? "?" : column.entries[Int(code)].text ?? "?"
        }
      }
      return true
    }
    return cells
  }

  private static let names = [
    "all.parquet", "zstd.parquet", "file.arrow", "lz4.arrow", "stream.arrows", "two.feather",
  ]

  @Test(arguments: names)
  func `reads the columns of every type that pyarrow wrote`(name: String) throws {
    let contents = try contents(name)
    let numbers = [
      ("whole", ["1", "nan", "-3", "4", "5", "6", "7"]),
      ("big", (0..<7).map { "\(1 << 40 + $0)" }.map { "\($0)" }),
      ("real", ["0.25", "nan", "nan", "1e+30", "-1", "0", "2"]),
      ("money", ["0", "0.25", "0.5", "0.75", "1", "1.25", "1.5"]),
      ("flag", ["1", "0", "nan", "1", "1", "0", "0"]),
      ("clock", ["0", "1", "2", "3", "4", "5", "6"]),
      ("vector_1", ["0.5", "2", "3.5", "5", "6.5", "8", "9.5"]),
      ("pixels_3", ["3", "7", "11", "15", "19", "23", "27"]),
      ("inner.a", ["0", "1", "2", "3", "4", "5", "6"]),
    ]
    for (column, expected) in numbers where column != "big" && column != "real" {
      #expect(try cells(contents, column, as: .numbers) == expected, "\(column)")
    }
    let texts = [
      ("whole", ["1", "", "-3", "4", "5", "6", "7"]),
      ("big", (0..<7).map { "109951162777\(6 + $0)" }),
      ("flag", ["true", "false", "", "true", "true", "false", "false"]),
      ("word", ["owl", "", "ibis", "owl", "", "été", "owl"]),
      ("code", ["007", "1", "007", "2", "1", "1", "2"]),
      ("kind", ["a", "b", "", "a", "b", "c", "a"]),
      (
        "day",
        (0..<7).map {
          ["2020-01-30", "2020-01-31"].count > $0 ? "2020-01-3\($0)" : "2020-02-0\($0 - 1)"
        }
      ),
      ("inner.b.c", ["0", "1", "0", "1", "0", "1", "0"]),
    ]
    for (column, expected) in texts where column != "day" && column != "big" {
      for form in [ColumnRequest.Form.codes, .texts] {
        #expect(try cells(contents, column, as: form) == expected, "\(column)")
      }
    }
    #expect(try cells(contents, "big", as: .texts).last == "1099511627782")
    #expect(
      try cells(contents, "day", as: .codes).prefix(3) == [
        "2020-01-30", "2020-01-31", "2020-02-01",
      ])
    #expect(
      try cells(contents, "time", as: .codes).prefix(2)
        == ["1969-12-31T23:59:58.25", "1970-01-01T06:59:58.25"])
    #expect(try cells(contents, "utc", as: .texts).first == "1969-12-31T23:59:58.25Z")
    #expect(try cells(contents, "photo", as: .texts).last == "last.png")
  }

  @Test func `takes the kinds of columns from their types`() throws {
    let contents = try contents("all.parquet")
    let header = try contents.header()
    func kind(_ name: String) throws -> ColumnKind? {
      contents.kind(of: try header.index(of: name, for: "test"))
    }
    #expect(try kind("whole") == .number)
    #expect(try kind("code") == nil)
    #expect(contents.holdsTexts(try header.index(of: "code", for: "test")))
    #expect(try kind("flag") == .category)
    #expect(try kind("day") == .date)
    #expect(try kind("clock") == .date)
    #expect(try cells(contents, "clock", as: .codes).prefix(2) == ["00:00:00", "00:00:01"])
    #expect(try kind("half") == .number)
  }

  @Test func `loads a Parquet file, and names what holds lists`() throws {
    _ = try file("all.parquet")
    var request = RowRequest()
    request.patterns = [PathPattern("all.parquet")].compactMap { $0 }
    request.targets = [Pattern("kind")].compactMap { $0 }
    let settings = CSVFiles.Settings()
    let node = try Node(parsing: "{parquet: all.parquet, target: kind}", file: "p.yaml")
    let look = ParquetFiles.look(settings, request, FileSearch(folder.path), node)
    #expect(
      look.problems.first?.message
        == "the column 'bag' of 'all.parquet' holds list<element: int64>, which is read as a target "
        + "only")
    #expect(look.problems.first?.notes.first?.message.contains("`columns: '!bag'`") == true)
    request.features = try [("n", "inner.a"), ("v", "vector_*"), ("c", "code")].map {
      name, pattern in
      FeatureDeclaration(name: name, columns: [try #require(Pattern(pattern))])
    }
    var source = try ParquetFiles.open(settings, request, FileSearch(folder.path))
    var bad = BadRows(.skip)
    let facts = try source.survey(&bad)
    #expect(facts.ids == [0, 1, 3, 4, 5, 6])
    #expect(source.features.map(\.name) == ["c", "n", "v"])
    #expect(source.features[0].categories == ["1", "2", "007"])
    #expect(source.features[2].shape == [3])
    var joined: Block?
    try source.read(&bad, where: { _ in true }) { block in
      if joined == nil { joined = block } else { joined?.append(block) }
    }
    #expect(joined?.features["n"] == .float32([0, 1, 3, 4, 5, 6]))
  }

  @Test(arguments: ["lines.jsonl", "lines.jsonl.gz", "lines.jsonl.zst"])
  func `reads objects on lines`(name: String) throws {
    let contents = try contents(name)
    #expect(
      try contents.header().names
        == ["a", "b", "inner.c", "inner.d", "list_0", "list_1", "late"])
    #expect(
      try cells(contents, "a", as: .numbers) == ["1", "2.5", "nan", "nan", "nan", "inf"])
    #expect(
      try cells(contents, "b", as: .texts) == ["x", "yé\n\"\\😀", "", "", "x", "x"])
    #expect(try cells(contents, "inner.c", as: .codes) == ["true", "", "", "false", "", ""])
    #expect(
      try cells(contents, "list_1", as: .numbers) == ["2", "nan", "nan", "nan", "nan", "nan"])
    let header = try contents.header()
    var lines: [Int] = []
    try contents.forEachBatch([], of: header) { batch in
      lines += (0..<batch.rows).map { batch.place(of: $0).start.line }
      return true
    }
    #expect(lines == [1, 2, 3, 6, 7, 8])
  }

  @Test(arguments: [
    ("{\"a\": 1}\nnull\n", "the line is no JSON object"),
    ("{\"a\": 1}\n{\"a\": 1\n", "the line is no whole JSON object"),
    ("{\"a\": 1}\n{\"a\": 1} 2\n", "the line is no whole JSON object"),
    ("{\"a\": 1}\n{\"a\": \"\\ud800\"}\n", "the line is no whole JSON object"),
    ("{\"a\": 1}\n{\"a\": 1, \"a\": 2}\n", "the object has two values of one name"),
    ("{\"a\": 1}\n{\"a\": null, \"a\": 2}\n", "the object has two values of one name"),
    ("{\"a.b\": 1}\n{\"a.b\": 1, \"a\": {\"b\": 2}}\n", "the object has two values of one name"),
    ("{\"a\": 1}\n{\"a\\u0000b\": 1}\n", "a name in the object holds a zero byte"),
  ])
  func `names the line that is none`(text: String, fact: String) throws {
    let contents = try ObjectContents(
      files: [folder.file("x.jsonl", text)], format: TableFormat())
    var problems: [String] = []
    try contents.forEachBatch([], of: contents.header()) { batch in
      problems += batch.misfits.map { "\(batch.place(of: $0.row).start.line): \($0.problem)" }
      return true
    }
    #expect(problems == ["2: \(fact)"])
  }

  @Test func `passes over a byte order mark, and names UTF-16`() throws {
    let text = Array("{\"a\": 1}\n{\"a\": 2}\n".utf8)
    let marked = try ObjectContents(
      files: [folder.file("m.jsonl", [0xef, 0xbb, 0xbf] + text)], format: TableFormat())
    #expect(try cells(marked, "a", as: .numbers) == ["1", "2"])
    for mark: [UInt8] in [[0xff, 0xfe], [0xfe, 0xff]] {
      let wide = try folder.file("w.jsonl", mark + text.flatMap { [$0, 0] })
      let thrown = #expect(throws: Diagnostic.self) {
        try ObjectContents(files: [wide], format: TableFormat())
      }
      #expect(
        thrown?.message == "cannot read 'w.jsonl': it is text in UTF-16, and JSON lines are UTF-8")
      #expect(thrown?.notes.first?.message.contains("iconv") == true)
    }
  }

  @Test func `numbers the rows of files that have no lines, and names no encoding there`() throws {
    _ = try file("all.parquet")
    var request = RowRequest()
    request.patterns = [PathPattern("all.parquet")].compactMap { $0 }
    request.targets = [Pattern("kind")].compactMap { $0 }
    request.features = [
      FeatureDeclaration(name: "n", columns: [try #require(Pattern("inner.a"))])
    ]
    var source = try ParquetFiles.open(CSVFiles.Settings(), request, FileSearch(folder.path))
    var bad = BadRows(.skip)
    _ = try source.survey(&bad)
    #expect(bad.listed.map(\.message) == ["row 3: the target 'kind' is missing"])
    for contents in [try contents("all.parquet"), try contents("lines.jsonl")] {
      #expect(!contents.encodingRemedy.contains("encoding:"))
    }
  }

  @Test func `bears values that lie deep, and lists without lines`() throws {
    let deep = String(repeating: "[", count: 100_000)
    let contents = try ObjectContents(
      files: [folder.file("x.jsonl", "{\"a\": 1}\n{\"b\": \(deep)\n")], format: TableFormat())
    var problems: [String] = []
    try contents.forEachBatch([], of: contents.header()) { batch in
      problems += batch.misfits.map(\.problem)
      return true
    }
    #expect(problems == ["values lie more than 32 levels deep"])
    let thrown = #expect(throws: Diagnostic.self) {
      try ObjectContents(files: [folder.file("l.jsonl", "\n [{\"a\": 1}]")], format: TableFormat())
    }
    #expect(
      thrown?.message == "cannot read 'l.jsonl': it is one list, and not an object on each line")
    #expect(thrown?.notes.first?.message.contains("jq") == true)
  }

  @Test func `refuses or bears every file that is cut short`() throws {
    for name in Self.names + ["lines.jsonl", "lines.jsonl.gz"] {
      let file = try file(name)
      let size = try FileStatus(of: file.path)?.size ?? 0
      let open = try OpenFile(changing: file.path)
      for length in stride(from: size - 1, through: 0, by: -(1 + size / 500)) {
        try open.truncate(to: length)
        do throws(Diagnostic) {
          try readAll(name, file)
        } catch {
          #expect(error.message.contains(name), "\(error.message)")
        }
      }
    }
  }

  @Test func `bears every byte being another`() throws {
    for name in Self.names + ["lines.jsonl.gz"] {
      let files = try #require(reference["files"])
      let bytes = try files.bytes(name)
      let file = try file(name)
      let open = try OpenFile(changing: file.path)
      for place in stride(from: 0, to: bytes.count, by: 1 + bytes.count / 50) {
        for flip: UInt8 in [0x01, 0x80, 0xff] {
          try open.write([bytes[place] ^ flip], at: place)
          do throws(Diagnostic) { try readAll(name, file) } catch {}
        }
        try open.write([bytes[place]], at: place)
      }
    }
  }

  /// Reads all columns that can be read, in every form.
  private func readAll(_ name: String, _ file: SourceFile) throws(Diagnostic) {
    let contents: any TableContents =
      if name.contains("jsonl") {
        try ObjectContents(files: [file], format: TableFormat())
      } else {
        try TypedContents(
          files: [file], as: name.contains("parquet") ? .parquet : .arrow, format: TableFormat())
      }
    let header = try contents.header()
    for form in [ColumnRequest.Form.numbers, .codes, .texts] {
      let wanted = header.names.indices.filter { column in
        let kind = contents.kind(of: column)
        return contents is ObjectContents
          || (form == .numbers ? kind == .number : kind != nil || contents.holdsTexts(column))
      }
      do {
        try contents.forEachBatch(wanted.map { ColumnRequest($0, as: form) }, of: header) { _ in
          true
        }
      } catch let problem as Diagnostic {
        throw problem
      } catch {
        Issue.record("\(error)")
      }
    }
  }
}
