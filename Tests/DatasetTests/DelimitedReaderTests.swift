import Diagnostics
import Foundation
import Testing

@testable import Dataset

@Suite struct DelimitedReaderTests {
  /// A row as it is read: the line that it starts on and its fields, or what is wrong with it.
  struct Row: Equatable, CustomStringConvertible {
    var line: Int
    var fields: [String]
    var problem: String?

    init(_ line: Int, _ fields: [String], problem: String? = nil) {
      self.line = line
      self.fields = fields
      self.problem = problem
    }

    var description: String { "\(line): \(fields) \(problem ?? "")" }
  }

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(
    _ file: SourceFile, delimiter: Character = ",", format: TableFormat = TableFormat()
  ) throws -> [Row] {
    var reader = try DelimitedReader(
      file, delimiter: delimiter.asciiValue ?? 0, format: format)
    var record = Record()
    var rows: [Row] = []
    while try reader.next(into: &record) {
      let fields = (0..<record.count).map { String(decoding: record[$0], as: UTF8.self) }
      rows.append(Row(record.line, fields, problem: record.problem))
    }
    return rows
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [Row(1, ["a", "b"]), Row(2, ["1", "2"])]),
    ("a,b\n1,2", [Row(1, ["a", "b"]), Row(2, ["1", "2"])]),
    ("a,b\r\n1,2\r\n", [Row(1, ["a", "b"]), Row(2, ["1", "2"])]),
    ("a,b\r1,2\r", [Row(1, ["a", "b"]), Row(2, ["1", "2"])]),
    ("\u{FEFF}a,b\n", [Row(1, ["a", "b"])]),
    ("a\n\n\r\nb\n", [Row(1, ["a"]), Row(4, ["b"])]),
    (",\n,,", [Row(1, ["", ""]), Row(2, ["", "", ""])]),
    ("\"a,b\",\"c\"\"d\"\n", [Row(1, ["a,b", "c\"d"])]),
    ("\"a\nb\",c\nd,e\n", [Row(1, ["a\nb", "c"]), Row(3, ["d", "e"])]),
    ("\"a\r\nb\",c\r\nd,e\r\n", [Row(1, ["a\r\nb", "c"]), Row(3, ["d", "e"])]),
    ("\"\",x\n", [Row(1, ["", "x"])]),
    ("\"\"\n", [Row(1, [""])]),
    ("a\"b,c\n", [Row(1, ["a\"b", "c"])]),
    (
      "\"a\"b,c\n1,2\n",
      [Row(1, ["ab", "c"], problem: "there is text after a closing quote"), Row(2, ["1", "2"])]
    ),
    ("", []),
    ("\n\n", []),
  ])
  func `reads rows with their lines`(text: String, expected: [Row]) throws {
    #expect(try rows(folder.file("t.csv", text)) == expected)
  }

  @Test func `reads another delimiter`() throws {
    let file = try folder.file("t.tsv", "a\tb,c\n")
    #expect(try rows(file, delimiter: "\t") == [Row(1, ["a", "b,c"])])
  }

  @Test func `reads rows that cross the buffer's border`() throws {
    let field = String(repeating: "x", count: 100_000)
    let text = (0..<10).map { "\($0),\(field),\"\(field)\"\n" }.joined()
    let read = try rows(folder.file("t.csv", text))
    #expect(read == (0..<10).map { Row($0 + 1, ["\($0)", field, field]) })
  }

  @Test(arguments: [
    ("a\n\"b\nc\n", "the quote opened in this row is never closed", 2),
    (
      "a\n" + String(repeating: "x", count: (1 << 20) + 1) + "\n",
      "a field of this row is longer than 1 MiB", 2
    ),
    (
      "a\n" + String(repeating: "\"", count: (1 << 21) + 6) + "\n",
      "a field of this row is longer than 1 MiB", 2
    ),
    ("a\n" + String(repeating: ",", count: 1 << 17), "this row has more than 131072 fields", 2),
  ])
  func `refuses what is no table`(text: String, message: String, line: Int) throws {
    let file = try folder.file("t.csv", text)
    let problem = #expect(throws: Diagnostic.self) { try rows(file) }
    #expect(problem?.message == message)
    #expect(problem?.location == SourceLocation(file: "t.csv", line: line, column: 1))
  }

  @Test(arguments: [
    ("a, \"b, c\" ,d\n", [Row(1, ["a", "b, c", "d"])]),
    (" \"a\"\t,\"b\"\n", [Row(1, ["a", "b"])]),
    ("a b, c\n", [Row(1, ["a b", " c"])]),
    (
      "\"a\" b,c\n", [Row(1, ["ab", "c"], problem: "there is text after a closing quote")]
    ),
    ("a\n  \nb\n", [Row(1, ["a"]), Row(3, ["b"])]),
  ])
  func `does not count blanks around quotes`(text: String, expected: [Row]) throws {
    #expect(try rows(folder.file("t.csv", text)) == expected)
  }

  @Test func `passes over lines before the table and comments`() throws {
    var format = TableFormat()
    format.skippedLines = 2
    format.comment = UInt8(ascii: "#")
    let text = "made \"by hand\r\n\r\n# a,b\r\nx,y\r\n#\r\n1,#2\r\n"
    let expected = [Row(4, ["x", "y"]), Row(6, ["1", "#2"])]
    #expect(try rows(folder.file("t.csv", text), format: format) == expected)
  }

  @Test func `reads other quotes, or none`() throws {
    var format = TableFormat()
    format.quote = UInt8(ascii: "'")
    let single = try folder.file("s.csv", "'a,b',\"c\"\n")
    #expect(try rows(single, format: format) == [Row(1, ["a,b", "\"c\""])])
    format.quote = nil
    let none = try folder.file("n.csv", "5\" pipe,\"x\n")
    #expect(try rows(none, format: format) == [Row(1, ["5\" pipe", "\"x"])])
  }

  @Test(
    arguments: [
      ([0xff, 0xfe], String.Encoding.utf16LittleEndian, TextEncoding.utf8),
      ([0xfe, 0xff], .utf16BigEndian, .utf8), ([], .utf16LittleEndian, .utf8),
      ([], .utf16BigEndian, .utf16), ([0xef, 0xbb, 0xbf], .utf8, .latin1),
    ] as [([UInt8], String.Encoding, TextEncoding)])
  func `knows UTF-16 and UTF-8 by their marks`(
    mark: [UInt8], encoding: String.Encoding, stated: TextEncoding
  ) throws {
    let text = "name,place\n\u{1F600},Zürich\n"
    let bytes = mark + [UInt8](try #require(text.data(using: encoding)))
    var format = TableFormat()
    format.encoding = stated
    let read = try rows(folder.file("t.csv", bytes), format: format)
    #expect(read == [Row(1, ["name", "place"]), Row(2, ["\u{1F600}", "Zürich"])])
  }

  @Test(
    arguments: [
      (TextEncoding.latin1, [0x61, 0xfc, 0x2c, 0xa3], ["aü", "£"]),
      (.windows1252, [0x80, 0x2c, 0x93, 0xe9, 0x94], ["€", "“é”"]),
    ] as [(TextEncoding, [UInt8], [String])])
  func `reads encodings of one byte`(
    encoding: TextEncoding, bytes: [UInt8], fields: [String]
  ) throws {
    var format = TableFormat()
    format.encoding = encoding
    #expect(try rows(folder.file("t.csv", bytes), format: format) == [Row(1, fields)])
  }

  @Test func `reads encodings across the buffer's border`() throws {
    let line = String(repeating: "ä€", count: 1000)
    let text = (0..<200).map { "\($0),\(line)\n" }.joined()
    for (encoding, stated) in [(String.Encoding.utf16LittleEndian, TextEncoding.utf16)] {
      let file = try folder.file("t.csv", [UInt8](try #require(text.data(using: encoding))))
      var format = TableFormat()
      format.encoding = stated
      #expect(try rows(file, format: format) == (0..<200).map { Row($0 + 1, ["\($0)", line]) })
    }
  }

  @Test(
    arguments: [
      ([0x50, 0x4b, 3, 4], "t.csv is a ZIP archive, as spreadsheets are, and no table"),
      (Array("PAR1....".utf8), "t.csv is a Parquet file, and no table"),
      (Array("<!DOCTYPE html>".utf8), "t.csv is a web page, and no table"),
      (Array("[{\"a\": 1}]".utf8), "t.csv is JSON, and no table"),
      ([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], "t.csv is text in UTF-32, and no table"),
    ] as [([UInt8], String)])
  func `says what a file is that is no table`(bytes: [UInt8], fact: String) throws {
    let file = try folder.file("t.csv", bytes)
    let problem = #expect(throws: Diagnostic.self) { try rows(file) }
    #expect(problem?.message == fact)
  }

  @Test func `reads gzip, and refuses it where it is cut short or damaged`() throws {
    // gzip of "a,b\n1,2\n" without a name or time.
    let packed: [UInt8] = [
      0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0x02, 0xff, 0x4b, 0xd4, 0x49, 0xe2, 0x32, 0xd4, 0x31, 0xe2,
      0x02, 0, 0x7b, 0x07, 0x97, 0x0a, 0x08, 0, 0, 0,
    ]
    let expected = [Row(1, ["a", "b"]), Row(2, ["1", "2"])]
    #expect(try rows(folder.file("whole.csv.gz", packed)) == expected)
    for length in [5, 12, 18, 24] {
      let cut = try folder.file("cut.csv.gz", Array(packed.prefix(length)))
      let problem = #expect(throws: Diagnostic.self, "\(length) bytes") { try rows(cut) }
      #expect(problem?.message.hasPrefix("cannot read 'cut.csv.gz'") == true)
    }
    var damaged = packed
    damaged[21] ^= 0xff
    let file = try folder.file("damaged.csv.gz", damaged)
    let problem = #expect(throws: Diagnostic.self) { try rows(file) }
    #expect(
      problem?.notes.map(\.message) == [
        "compress the file anew; `gzip -t` or `zstd -t` says whether it is whole"
      ])
  }

  @Test func `reads zstd, and refuses it where it is cut short`() throws {
    // zstd of "a,b\n1,2\n".
    let packed: [UInt8] = [
      0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x08, 0x41, 0x00, 0x00, 0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c,
      0x32,
      0x0a,
    ]
    let expected = [Row(1, ["a", "b"]), Row(2, ["1", "2"])]
    #expect(try rows(folder.file("whole.csv.zst", packed)) == expected)
    for length in [6, 9, 14] {
      let cut = try folder.file("cut.csv.zst", Array(packed.prefix(length)))
      let problem = #expect(throws: Diagnostic.self, "\(length) bytes") { try rows(cut) }
      #expect(problem?.message.hasPrefix("cannot read 'cut.csv.zst'") == true)
    }
  }

  @Test func `names a file that is not there`() throws {
    let file = SourceFile(path: folder.path + "/no.csv", name: "data/no.csv")
    let problem = #expect(throws: Diagnostic.self) { try rows(file) }
    #expect(problem?.message.hasPrefix("cannot read 'data/no.csv'") == true)
  }
}
