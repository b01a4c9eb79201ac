import Testing

@testable import Commands

@Suite struct `Tables` {
  private let table = TextTable(
    headings: ["stage", "time", "what it did"],
    rows: [
      ["model@width=16", "1.4s", "60 epochs; 275 parameters; test accuracy 88.89%"],
      ["名前", "12s", ""],
    ], rightAligned: [1])

  @Test func `are as wide as their cells where no terminal shows them`() {
    #expect(
      table.text == """
        stage           time  what it did
        model@width=16  1.4s  60 epochs; 275 parameters; test accuracy 88.89%
        名前             12s
        """)
  }

  @Test func `go on in further lines where a terminal is narrower`() {
    #expect(
      table.text(within: 50) == """
        stage           time  what it did
        model@width=16  1.4s  60 epochs; 275 parameters;
                              test accuracy 88.89%
        名前             12s
        """)
    #expect(
      table.text(within: 24) == """
        stage     time  what it
                        did
        model@wi  1.4s  60
        dth=16          epochs;
                        275
                        paramete
                        rs; test
                        accuracy
                        88.89%
        名前       12s
        """)
  }

  @Test(arguments: [1, 10, 24, 33, 40, 66, 80, 200])
  func `lose nothing at any width`(width: Int) {
    let words = table.text(within: width).filter { !$0.isWhitespace }
    #expect(words.contains("1.4s"))
    #expect(words.count == table.text.filter { !$0.isWhitespace }.count)
    if width >= 40 {
      #expect(
        table.text(within: width).split(separator: "\n").allSatisfy { $0.count <= width })
    }
  }

  @Test(arguments: [
    ("teacher@depth=20", 16, "teacher@depth=20"), ("teacher@depth=20", 11, "teach…th=20"),
    ("abc", 2, "a…"), ("abc", 1, ""), ("名前名前", 5, "名…前"),
  ])
  func `shorten names inside`(name: String, width: Int, text: String) {
    #expect(TextWrapping.shortenedInside(name, to: width) == text)
  }
}
