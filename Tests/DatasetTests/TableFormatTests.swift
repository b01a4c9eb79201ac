import Diagnostics
import Options
import Testing
import YAML

@testable import Dataset

@Suite struct TableFormatTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func delimiter(of text: String, in name: String = "t.csv") throws -> Character {
    let file = try folder.file(name, text)
    let delimiter = try DelimiterSearch(format: TableFormat()).delimiter(of: file)
    return Character(UnicodeScalar(delimiter))
  }

  @Test(arguments: [
    ("a;b;t\n1;2;x\n", ";" as Character), ("a;b\n1,5;2,5\n", ";"), ("a\tb\n1\t2\n", "\t"),
    ("a|b\n1|2\n", "|"), ("a,b\n1;2,3;4\n", ","), ("a\n1\n", ","), ("a;b\n1\n", ","),
    ("note: x; y\n1\n", ","), ("\"a;b\"\n\"1;2\"\n", ","),
  ])
  func `tells the delimiter by looking`(text: String, expected: Character) throws {
    #expect(try delimiter(of: text) == expected)
  }

  @Test func `looks into files of tabs too`() throws {
    #expect(try delimiter(of: "a,b\n1,2\n", in: "t.tsv") == ",")
    #expect(try delimiter(of: "a,b\tc\n1\t2\n", in: "t.tsv.gz") == "\t")
  }

  @Test func `is recorded where it is unusual, and read back`() throws {
    #expect(TableFormat(missing: ["?"]).value == ["header": true, "missing": ["?"]])
    var format = TableFormat(delimiter: UInt8(ascii: "\t"), hasHeader: false, missing: ["b", "a"])
    format.quote = nil
    format.skippedLines = 3
    format.comment = UInt8(ascii: "#")
    format.encoding = .windows1252
    format.style = NumberStyle(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
    format.missingByColumn = ["x": ["-", "?"]]
    #expect(TableFormat(format.value) == format)
    format.quote = UInt8(ascii: "'")
    #expect(TableFormat(format.value) == format)
  }

  private func open(_ text: String, target: String, _ format: TableFormat = TableFormat()) throws {
    _ = try TableSource(
      [folder.file("t.csv", text)], format: format, selection: TableSelection(target: target))
  }

  @Test(
    arguments: [
      ("# a\n# b\nx,t\n1,2\n", nil, "line 3 has it, read with `skip-rows: 2`"),
      (
        "made today\n\nx;t\n1;2\n", nil,
        "line 3 has it, read with `delimiter: ';'` and `skip-rows: 2`"
      ),
      ("'x','t'\n'1,0','2'\n", nil, "line 1 has it, read with `quote: single`"),
      ("x,t\n1,2\n", ";", "line 1 has it, read with `delimiter: ','`"),
      ("x\tt\n1\t2\n", ",", "line 1 has it, read with `delimiter: tab`"),
    ] as [(String, Unicode.Scalar?, String)])
  func `says how a column would be found`(
    text: String, delimiter: Unicode.Scalar?, note: String
  ) throws {
    let format = TableFormat(delimiter: delimiter.map { UInt8(ascii: $0) })
    let thrown = #expect(throws: Diagnostic.self) { try open(text, target: "t", format) }
    #expect(thrown?.message == "there is no column 't' for 'target'")
    #expect(thrown?.notes.first?.message == note)
  }

  private func settings(_ yaml: String) throws -> CSVFiles.Settings {
    try CSVFiles.Settings.decode(Node(parsing: yaml, file: "p.yaml"))
  }

  @Test func `follows from settings`() throws {
    let format = try settings(
      """
      {delimiter: ';', quote: single, decimal: ',', thousands: '.', encoding: latin-1,
       skip-rows: 2, comment: '#', missing: {x: [NA, -1], '*': '?'}}
      """
    ).format
    #expect(format.delimiter == UInt8(ascii: ";"))
    #expect(format.quote == UInt8(ascii: "'"))
    #expect(
      format.style == NumberStyle(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: ".")))
    #expect(format.encoding == .latin1)
    #expect(format.skippedLines == 2 && format.comment == UInt8(ascii: "#"))
    #expect(format.missing == [])
    #expect(format.missingByColumn == ["x": ["NA", "-1"], "*": ["?"]])
    let again = try settings("{missing: {x: NA}, quote: none, decimal: ','}")
    let decoded = try CSVFiles.Settings.decode(again.value, from: "job")
    #expect(decoded == again)
  }

  @Test(arguments: [
    ("{decimal: ',', thousands: ','}", "'decimal' and 'thousands' are the same"),
    ("{comment: '//'}", "'//' cannot start a comment"),
    ("{skip-rows: -1}", "-1 is out of range for 'skip-rows'"),
    ("{encoding: utf-7}", "'utf-7' is not one of the choices here"),
  ])
  func `refuses wrong settings`(yaml: String, fact: String) throws {
    let thrown = #expect(throws: Diagnostics.self) { try settings(yaml) }
    #expect(thrown?.first?.message == fact)
  }
}
