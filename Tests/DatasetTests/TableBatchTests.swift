import Diagnostics
import Tensor
import Testing

@testable import Dataset

/// Batches of columns, taken apart by the native library on several threads, against the exact reader.
@Suite struct TableBatchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// - Returns: how many rows there are.
  @discardableResult private func compare(
    _ bytes: [UInt8], _ format: TableFormat = TableFormat(), pieces: [Int?] = [nil, 7, 64],
    _ name: String = "t.csv"
  ) throws -> Int {
    let file = try folder.file(name, bytes)
    guard var contents = try? DelimitedContents(files: [file], format: format),
      let header = try? contents.header()
    else { return 0 }
    let expected = RowWiseTable(
      rowsOf: file, contents.delimiters[0], format, header)
    for piece in pieces {
      contents.pieceBytes = piece
      let found = RowWiseTable(batchesOf: contents, header)
      guard found != expected else { continue }
      let text = String(decoding: bytes.prefix(3000), as: UTF8.self)
      Issue.record(
        "pieces of \(piece ?? 0) bytes: \(text.debugDescription) is read as \(found.difference(from: expected))"
      )
      break
    }
    return expected.rows.count
  }

  @Test(arguments: [
    "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r3,4", "a,b\n1,2\n\n  \n3,4\n\t\n",
    "a,b\n\"x\r\ny\",2\n\"x\",3\n", "a,b\n\"x\r\",2\n\"\n\",3\n4,5\n", "a,b\n 1 ,\t2\n3,4 \n",
    "a,b\n \"p, q\" ,2\n\"r\" s,3\n\"t\"u,4\n", "a,b\n5\" pipe,1\n6\" pipe,2\n\"x,y\",3\n",
    "a,b\n\"a\"\"b\",1\n\"\"\"\",2\n\"\",3\n", "a,b\n1\n1,2,3\n4,5\n", "a,b\n1,2,\n",
    "a,b\n\"open,1\n2,3\n", "a\n1\n\n \n2\n\"\"\n", "a,b\n1,2\n3,", "a,b\n,\n,,\n",
    "a,b\n007,1e400\n-inf,1e-400\nNaN,1e39\n+5,.5\n", "a,b\nx\0y,1\n",
  ])
  func `agree with the exact reader about small tables`(text: String) throws {
    try compare(Array(text.utf8), pieces: [nil, 1, 2, 3, 7, 20])
  }

  @Test func `agree about rows that cross the borders of pieces`() throws {
    let field = String(repeating: "x", count: 3000)
    let text = (0..<400).map { "\($0),\"\(field)\n\(field)\",\($0 % 7).5\n" }.joined()
    try compare(Array(("a,b,c\n" + text).utf8), pieces: [nil, 1000])
  }

  @Test(arguments: [
    ("a,b\n1,\"" + String(repeating: "x", count: (1 << 20) + 1) + "\"\n2,3\n", "2: a field"),
    ("a,b\n1,2\n1," + String(repeating: "x", count: (1 << 20) + 1) + "\n2,3\n", "3: a field"),
    ("a,b\n1,2\n\"" + String(repeating: "x\n", count: 1 << 20), "3: a field"),
  ])
  func `agree about fields that are too long`(text: String, failure: String) throws {
    try compare(Array(text.utf8), pieces: [nil, 5000])
    let contents = try DelimitedContents(
      files: [folder.file("l.csv", text)], format: TableFormat())
    let found = RowWiseTable(batchesOf: contents, try contents.header())
    #expect(found.failure?.hasPrefix(failure) == true)
  }

  @Test func `agree about digits of every length`() throws {
    var stream = RandomStream(seed: 7, path: [.word("digits")])
    var text = "a,b,c\n"
    for row in 0..<3000 {
      let fields = (0..<3).map { _ -> String in
        var digits = (0..<Int(stream.next() % 20)).map { _ in "\(stream.next() % 10)" }
        for _ in 0..<[0, 1, 1, 1, 2][Int(stream.next() % 5)] {
          digits.insert(".", at: Int(stream.next() % UInt64(digits.count + 1)))
        }
        let sign = ["", "", "-", "+", "--"][Int(stream.next() % 5)]
        return sign + digits.joined() + (row % 9 == 0 ? ["e5", "x", " ", "-"][row % 4] : "")
      }
      text += fields.joined(separator: ",") + "\n"
    }
    try compare(Array(text.utf8), pieces: [nil, 100])
  }

  /// Tables of random pieces that mean something, or nearly so.
  @Test(arguments: 0..<60)
  func `agree about random tables`(seed: Int) throws {
    var stream = RandomStream(seed: UInt64(seed), path: [.word("tables")])
    var rows = 0
    for _ in 0..<20 {
      var table = RandomTable(&stream)
      let bytes = table.bytes(&stream)
      rows += try compare(
        bytes, table.format, pieces: [nil, 1 + Int(stream.next() % 40), 500])
    }
    #expect(rows > 100)
  }
}

extension RowWiseTable {
  fileprivate func difference(from expected: RowWiseTable) -> String {
    if rows != expected.rows {
      let place = zip(rows, expected.rows).enumerated().first { $1.0 != $1.1 }?.offset
      let index = place ?? min(rows.count, expected.rows.count)
      let mine = rows.indices.contains(index) ? "\(rows[index])" : "nothing"
      let other = expected.rows.indices.contains(index) ? "\(expected.rows[index])" : "nothing"
      return "\(mine), not \(other)"
    }
    if failure != expected.failure {
      return "\(failure ?? "whole"), not \(expected.failure ?? "whole")"
    }
    for (column, survey) in surveys where survey != expected.surveys[column] {
      return "\(survey), not \(String(describing: expected.surveys[column]))"
    }
    return "the same"
  }
}

/// A table of random text in a random format.
private struct RandomTable {
  var format = TableFormat()
  private let ends: [String]
  private let fields: [String]

  init(_ stream: inout RandomStream) {
    func any<T>(_ choices: [T], _ stream: inout RandomStream) -> T {
      choices[Int(stream.next() % UInt64(choices.count))]
    }
    format.delimiter = any([",", ",", ";", "\t", "|", " "].compactMap { $0.utf8.first }, &stream)
    format.quote = any([34, 34, 34, 39, nil], &stream)
    format.comment = any([nil, nil, 35, 34], &stream)
    format.skippedLines = any([0, 0, 0, 2], &stream)
    format.hasHeader = any([true, true, false], &stream)
    format.style = any(
      [
        .plain, .plain, NumberStyle(decimal: 44, thousands: 46),
        NumberStyle(decimal: 46, thousands: 44), NumberStyle(decimal: 46, thousands: 32),
      ], &stream)
    format.missing = any([[], ["NA", "-999", "?"]], &stream)
    format.encoding = any([.utf8, .utf8, .latin1, .utf16], &stream)
    ends = any([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r", "\n\n"]], &stream)
    let plain = [
      "1", "2.5", "-3e2", "007", "x", "red", "", " ", "NA", "-999.0", "1,234.5", "1.234,5",
    ]
    let hostile = [
      "\"", "\"\"", "\"a\"", "'b'", "\"c,d\"", "\"e\nf\"", "\"g\"h", " \"i\" ", "j\"k", "inf",
      "nan", "1e400",
      "\u{feff}", "é", "\0", "#", "\"l", "\t", "12 345", "1\u{a0}234", "2012-01-31", "\"m\"\"n\"",
      ";", ",",
    ]
    fields = any([plain, plain, plain + hostile], &stream)
  }

  mutating func bytes(_ stream: inout RandomStream) -> [UInt8] {
    func any<T>(_ choices: [T]) -> T { choices[Int(stream.next() % UInt64(choices.count))] }
    let delimiter = String(UnicodeScalar(format.delimiter ?? 44))
    let columns = 1 + Int(stream.next() % 4)
    var text = any(["", "", "", "\u{feff}"])
    for _ in 0..<format.skippedLines { text += "any \"line" + any(ends) }
    if format.hasHeader {
      text += (0..<columns).map { "c\($0)" }.joined(separator: delimiter) + any(ends)
    }
    for _ in 0..<Int(stream.next() % 60) {
      if stream.next() % 20 == 0 { text += any(["# c\"omment", "#", "  ", "\t", ""]) + any(ends) }
      let count = stream.next() % 25 == 0 ? Int(stream.next() % 6) : columns
      text += (0..<count).map { _ in any(fields) }.joined(separator: delimiter) + any(ends)
    }
    if stream.next() % 3 == 0 { text += any(fields) }
    switch format.encoding {
    case .utf16: return [0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    case .latin1:
      return text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?") }
    case .utf8, .windows1252:
      var bytes = Array(text.utf8)
      if stream.next() % 10 == 0, !bytes.isEmpty {
        bytes[Int(stream.next() % UInt64(bytes.count))] = 0xff
      }
      return bytes
    }
  }
}
