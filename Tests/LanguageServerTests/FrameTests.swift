import Testing
import YAML

@testable import LanguageServer

@Suite struct `Frames` {
  @Test(arguments: [1, 2, 7, 1000])
  func `are read whatever the pieces are that they come in`(size: Int) {
    let texts = ["{}", #"{"a":"é𝄞"}"#, String(repeating: "x", count: 300), ""]
    var bytes: [UInt8] = []
    for text in texts { bytes += Self.frame(text) }
    var reader = FrameReader()
    var found: [FrameReader.Found] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      reader.append(bytes[start..<min(start + size, bytes.count)])
      while let next = reader.next() { found.append(next) }
    }
    #expect(found == texts.map { .content(Array($0.utf8)) })
  }

  @Test(arguments: [
    ("Content-Length: 2\n\n{}", "bare line feeds"),
    ("content-length:2\r\n\r\n{}", "another case, no blank"),
    ("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}", ""),
    ("\r\n\r\nContent-Length: 2\r\n\r\n{}", "empty lines before"),
  ])
  func `have headers of several forms`(text: String, what: String) {
    var reader = FrameReader()
    reader.append(text.utf8)
    #expect(reader.next() == .content(Array("{}".utf8)))
    #expect(reader.next() == nil)
  }

  @Test(arguments: [
    "Content-Length: two\r\n\r\n{}", "Content-Length: -2\r\n\r\n{}", "Length: 2\r\n\r\n{}",
    "Content-Length: 99999999999999999999\r\n\r\n{}", "no colon at all\r\n\r\n", "{\"a\": 1}\n\n",
    "Content-Length: 9999999999\r\n\r\n",
    "Content-Type: text; charset=latin1\r\nContent-Length: 2\r\n\r\n{}",
    String(repeating: "x", count: 10_000), String(repeating: "a: b\r\n", count: 3000),
  ])
  func `that are none are told of, and reading goes on behind them`(wrong: String) {
    var reader = FrameReader()
    reader.append(wrong.utf8)
    guard case .fault = reader.next() else {
      Issue.record("no fault was found in \(wrong.prefix(40))")
      return
    }
    // A frame that is too large is passed over by its length, which nobody sends here.
    guard wrong != "Content-Length: 9999999999\r\n\r\n" else { return }
    reader.append(Self.frame("{}"))
    var found: [FrameReader.Found] = []
    while let next = reader.next() { found.append(next) }
    #expect(found.last == .content(Array("{}".utf8)))
  }

  @Test func `of any bytes never stop the reader`() {
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let pieces = [
      "Content-Length: ", "Content-Length", "\r\n", "\n", ":", "12", "0", "-1", "{}", "\u{FEFF}",
    ].map { Array($0.utf8) }
    for _ in 0..<2000 {
      var reader = FrameReader()
      for _ in 0..<random(30) {
        reader.append(random(4) == 0 ? [UInt8(random(256))] : pieces[random(pieces.count)])
        while reader.next() != nil {}
      }
      reader.append(Array("\r\n\r\n\r\n\r\n".utf8))
      for _ in 0..<20 { reader.append(Self.frame("{}")) }
      var last: FrameReader.Found?
      while let found = reader.next() { last = found }
      #expect(last != nil)
    }
  }

  static func frame(_ text: String) -> [UInt8] {
    Array("Content-Length: \(text.utf8.count)\r\n\r\n\(text)".utf8)
  }
}

@Suite struct `Messages` {
  @Test(arguments: [
    ("[]", -32600), ("3", -32600), ("{}", -32600), (#"{"jsonrpc":"2.0","id":1}"#, -32600),
    (#"{"id":1,"method":"x"}"#, -32600), (#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":2}"#, -32600),
    (#"{"jsonrpc":"2.0","id":1,"method":"x","params":3}"#, -32600), ("{", -32700),
    ("", -32700), ("\u{0}", -32700), (String(repeating: "[", count: 100_000), -32700),
  ])
  func `that are none are answered with an error`(content: String, code: Int) throws {
    let editor = try Editor()
    editor.send(`Frames`.frame(content))
    var answer = try editor.next()
    while answer["error"] == nil { answer = try editor.next() }
    #expect(answer["error"]?["code"]?.int == code)
    #expect(try editor.request("shutdown", .null) == .null)
  }

  @Test func `whose content is no UTF-8 are answered with an error`() throws {
    let editor = try Editor()
    editor.send(Array("Content-Length: 4\r\n\r\n\"".utf8) + [0xFF, 0xFE] + Array("\"".utf8))
    #expect(try editor.answer(to: .null)["error"]?["code"] == -32700)
    editor.send(Array("Content-Length: x\r\n\r\n".utf8))
    #expect(try editor.answer(to: .null)["error"]?["code"] == -32700)
    #expect(try editor.request("shutdown", .null) == .null)
  }
}
