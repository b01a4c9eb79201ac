import Artifacts
import Testing

@testable import Workers

@Suite struct `A log that grows long` {
  private func text(_ folder: borrowing WorkersFolder) throws -> [Substring] {
    String(decoding: try Folder.contents(of: folder.path + "/log"), as: UTF8.self)
      .split(separator: "\n")
  }

  @Test func `keeps its beginning and its end, and counts what is left out`() throws {
    let folder = try WorkersFolder()
    let path = folder.path + "/log"
    try Folder.replaceFile(path, with: Array("earlier attempt\n".utf8))
    let writer = try LogWriter(path, limit: 1000)
    for number in 1...5000 { writer.write(Array("line \(number)\n".utf8)) }
    let lines = try text(folder)
    #expect(lines[0] == "earlier attempt" && lines[1] == "line 1")
    let mark = try #require(lines.firstIndex { $0.hasPrefix("[…") })
    let match = try #require(
      lines[mark].wholeMatch(of: /\[… (\d+) lines, (\d+) bytes, are left out here …\]/))
    #expect(lines.last == "line 5000")
    // Every line is there once, or counted.
    let before = lines[1..<mark].count
    let after = lines[(mark + 1)...]
    #expect(lines[mark - 1] == "line \(before)")
    #expect(after.first == "line \(5000 - after.count + 1)")
    #expect(Int(match.1) == 5000 - before - after.count)
    let left = (before + 1...5000 - after.count).reduce(0) { $0 + "line \($1)\n".utf8.count }
    #expect(Int(match.2) == left)
    let size = try #require(try FileStatus(of: path)?.size)
    #expect(size > 1900 && size < 3200)
  }

  @Test func `is whole where it is to be, and where it is short`() throws {
    for (limit, count) in [(nil, 5000), (1000, 200)] {
      let folder = try WorkersFolder()
      let writer = try LogWriter(folder.path + "/log", limit: limit)
      for number in 1...count { writer.write(Array("line \(number)\n".utf8)) }
      #expect(try text(folder).count == count)
    }
  }

  @Test func `may be a single line`() throws {
    let folder = try WorkersFolder()
    let writer = try LogWriter(folder.path + "/log", limit: 1000)
    for _ in 1...100 { writer.write([UInt8](repeating: UInt8(ascii: "x"), count: 100)) }
    let size = try #require(try FileStatus(of: folder.path + "/log")?.size)
    #expect(size < 3200)
    #expect(
      String(decoding: try Folder.contents(of: folder.path + "/log"), as: UTF8.self)
        .contains("[… 0 lines, "))
  }

  @Test func `tells its end without being read whole`() throws {
    let folder = try WorkersFolder()
    let path = folder.path + "/log"
    try Folder.replaceFile(path, with: Array((1...9000).map { "line \($0)\n" }.joined().utf8))
    #expect(LogTail(of: path, maximum: 2).lines == ["line 8999", "line 9000"])
    let size = try #require(try FileStatus(of: path)?.size)
    #expect(LogTail(of: path, from: size - 10).lines == ["line 9000"])
    #expect(LogTail(of: path, from: size + 10).lines == [])
  }
}
