import Testing

@testable import Dataset

struct `Texts as tokens` {
  private func tokens(_ text: String, _ form: TextForm) throws -> [String] {
    var tokens: [String] = []
    try Tokenizer(form).forEachToken(of: Array(text.utf8)) { tokens.append($0) }
    return tokens
  }

  @Test(arguments: [
    ("Hello, World!", ["hello", ",", "world", "!"]),
    ("don't stop – O’Neill's 'quoted'", ["don't", "stop", "–", "o’neill's", "'", "quoted", "'"]),
    ("  a\t\nb\u{a0}c ", ["a", "b", "c"]), ("x_1 3.5", ["x_1", "3", ".", "5"]),
    ("Straße ÉTÉ день 東京", ["straße", "été", "день", "東京"]), ("", []), (" \n ", []),
  ])
  func `are cut into words and signs`(text: String, words: [String]) throws {
    let form = TextForm(unit: .word, length: 100, isLowercased: true)
    #expect(try tokens(text, form) == words)
  }

  @Test func `are cut into characters as readers count them`() throws {
    let form = TextForm(unit: .character, length: 4, isLowercased: false)
    #expect(try tokens("e\u{301}A👨‍👩‍👧xyz", form) == ["é", "A", "👨‍👩‍👧", "x"])
  }

  @Test func `are the same however letters are composed`() throws {
    #expect(try vocabulary(["caf\u{e9} noir", "cafe\u{301}"], length: 10) == ["café", "noir"])
  }

  @Test func `have a vocabulary of the most frequent, equal ones by their bytes`() throws {
    // What stands beyond the length is not counted.
    let texts = ["b a a", "c b a", "a d e f g g g"]
    #expect(try vocabulary(texts, length: 4, most: 3) == ["a", "b", "c"])
  }

  @Test func `know the tokens of the training split alone`() throws {
    var index = TokenIndex(TextForm(unit: .word, length: 3, isLowercased: true))
    var rows: [[Int32]] = []
    for text in ["x y", "z y", "z"] { rows.append(try index.numbers(of: Array(text.utf8))) }
    index.count(rows[0])
    index.settle(most: 10)
    #expect(index.vocabulary == ["x", "y"])
    #expect(rows.map(index.settled) == [[2, 3, 0], [1, 3, 0], [1, 0, 0]])
  }

  private func vocabulary(_ texts: [String], length: Int, most: Int = 10) throws -> [String] {
    var index = TokenIndex(TextForm(unit: .word, length: length, isLowercased: true))
    for text in texts { index.count(try index.numbers(of: Array(text.utf8))) }
    index.settle(most: most)
    return index.vocabulary
  }

  @Test func `become padded ids, unknown tokens one of their own`() throws {
    let form = TextForm(
      unit: .word, length: 4, isLowercased: true, vocabulary: ["good", "film"])
    let encoder = TextEncoder(form)
    var ids: [Int32] = []
    try encoder.append(Array("Good bad film".utf8), to: &ids)
    try encoder.append(Array("a b c d e".utf8), to: &ids)
    encoder.appendMissing(to: &ids)
    #expect(ids == [2, 1, 3, 0] + [1, 1, 1, 1] + [0, 0, 0, 0])
    #expect(form.ids == 4)
  }

  @Test func `become bytes, whatever they are`() throws {
    let form = TextForm(unit: .byte, length: 4, isLowercased: false)
    var ids: [Int32] = []
    try TextEncoder(form).append([0, 255, 65] as [UInt8], to: &ids)
    #expect(ids == [2, 257, 67, 0])
    #expect(form.ids == 258)
  }

  @Test func `are refused where they are no text`() throws {
    let encoder = TextEncoder(TextForm(unit: .word, length: 4, isLowercased: true))
    var ids: [Int32] = []
    #expect(throws: Tokenizer.Problem.notUTF8) {
      try encoder.append([0x61, 0xff] as [UInt8], to: &ids)
    }
    #expect(throws: Tokenizer.Problem.holdsZero) {
      try encoder.append([0x61, 0] as [UInt8], to: &ids)
    }
    #expect(ids.isEmpty)
  }

  @Test func `of any size are cut`() throws {
    let form = TextForm(unit: .word, length: 2, isLowercased: true)
    let long = [UInt8](repeating: 0x41, count: 1 << 20)
    #expect(try tokens(String(decoding: long, as: UTF8.self), form).map(\.count) == [64])
    let blanks = [UInt8](repeating: 0x20, count: 1 << 20)
    #expect(try tokens(String(decoding: blanks, as: UTF8.self), form) == [])
  }
}
