import Diagnostics
import Testing

@Suite struct `Rendering diagnostics` {
  private func render(
    _ source: String, line: Int, column: Int, length: Int = 1, color: Bool = false
  ) -> String {
    let range = SourceRange(file: "p.yaml", line: line, column: column, length: length)
    return DiagnosticRenderer(sources: ["p.yaml": source], color: color)
      .render(Diagnostic("it is wrong", at: range, remedy: "make it right"))
  }

  @Test func `shows the place, the line, a marker and the remedy`() {
    #expect(
      render("a: 1\nepoch: 10\n", line: 2, column: 1, length: 5) == """
        p.yaml:2:1: error: it is wrong
        epoch: 10
        ^~~~~
        note: make it right
        """)
  }

  @Test func `lines the marker up behind tabs`() {
    #expect(
      render("\ta\tb: c", line: 1, column: 4, length: 1) == """
        p.yaml:1:4: error: it is wrong
            a   b: c
                ^
        note: make it right
        """)
  }

  @Test(arguments: [
    ("名前: x", 5, 1, "      ^"), ("e\u{301}a: x", 3, 1, " ^"), ("😀: x", 1, 1, "^~"),
    ("ab", 3, 1, "  ^"), ("ab", 1, 99, "^~"), ("", 1, 1, "^"), ("⚡a", 2, 1, "  ^"),
    ("ｋ：v", 3, 1, "    ^"), ("a\u{200B}b", 3, 1, "         ^"), ("a\u{A0}b", 3, 1, "  ^"),
    ("\tk:\tv", 5, 1, "        ^"), ("👩\u{200D}💻 x", 5, 1, "     ^"), ("한: x", 4, 1, "    ^"),
    ("\u{1112}\u{1161}\u{11AB}: x", 4, 1, "  ^"), ("🇩🇪: x", 3, 1, "  ^"), ("🇩🇪: x", 1, 2, "^~"),
    ("e\u{301}a", 2, 1, "^"), ("名\u{301}a", 2, 2, "^~~"), ("a\u{FEFF}b", 3, 1, "         ^"),
    ("a\u{AD}b", 3, 1, "         ^"), ("a\u{200F}b", 3, 1, "         ^"),
    ("a\u{61C}b", 3, 1, "         ^"), ("a\u{202E}b", 2, 1, " ^~~~~~~~"),
    ("t\u{200C}x", 3, 1, "         ^"), ("\u{928}\u{94D}\u{200D}x", 4, 1, " ^"),
    ("a\u{3164}b", 3, 1, "         ^"), ("Z\u{335}\u{321}a: x", 4, 1, " ^"),
  ])
  func `measures characters as a terminal does`(
    source: String, column: Int, length: Int, marker: String
  ) {
    let lines = render(source, line: 1, column: column, length: length).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[2] == marker)
  }

  @Test(arguments: [1, 60, 5000, 9_990, 9_999])
  func `shows the part of a very long line that matters`(column: Int) throws {
    var source = Array(repeating: Character("x"), count: 9_999)
    source[column - 1] = "!"
    let lines = render(String(source), line: 1, column: column).split(separator: "\n")
    #expect(lines[1].count <= 98)
    #expect(lines[1].firstIndex(of: "!")?.utf16Offset(in: lines[1]) == lines[2].count - 1)
  }

  @Test(arguments: [1, 47, 48, 500, 9_950, 9_999], ["名", "a\u{301}", "\t", "\u{200B}", "👍"])
  func `shows no more of wide characters than of others`(column: Int, filling: String) throws {
    var source = Array(String(repeating: filling, count: 9_999).unicodeScalars.prefix(9_999))
    source[column - 1] = "!"
    var text = String.UnicodeScalarView()
    text.append(contentsOf: source)
    let lines = render(String(text), line: 1, column: column).split(separator: "\n")
    #expect(lines[1].terminalWidth <= 98)
    let before = try #require(lines[1].unicodeScalars.firstIndex(of: "!"))
    #expect(lines[1][..<before].terminalWidth == lines[2].count - 1)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `counts lines as YAML does`(separator: String) {
    let lines = render("one\(separator)two\(separator)three", line: 3, column: 1).split(
      separator: "\n")
    #expect(lines[1] == "three")
  }

  @Test func `skips a byte order mark`() {
    #expect(render("\u{FEFF}abc", line: 1, column: 2).contains("\nabc\n ^\n"))
  }

  @Test func `does without the line of an unknown place`() {
    #expect(
      render("a", line: 7, column: 1) == """
        p.yaml:7:1: error: it is wrong
        note: make it right
        """)
  }

  @Test func `sends nothing to the terminal that it could obey`() {
    let range = SourceRange(file: "p.yaml", line: 1, column: 1, length: 4)
    let text = DiagnosticRenderer(sources: ["p.yaml": "a\u{1B}[2J\u{202E}"]).render(
      Diagnostic("unknown key '\u{1B}[31m\u{7F}'", at: range))
    #expect(
      text == """
        p.yaml:1:1: error: unknown key '\u{241B}[31m\u{2421}'
        a\u{241B}[2J<U+202E>
        ^~~~
        """)
  }

  @Test(arguments: [true, false]) func `shows what terminals obey but for its own colours`(
    isEnabled: Bool
  ) {
    let style = Style(isEnabled: isEnabled)
    #expect(style.printable("a b\n\tü → …") == "a b\n\tü → …")
    #expect(
      style.printable(style.red("x\u{1B}]0;evil\u{7}\r\u{9B}\u{7F}\u{2028}\u{1B}[8m"))
        == style.red("x\u{241B}]0;evil\u{2407}\u{240D}<U+009B>\u{2421}<U+2028>\u{241B}[8m"))
    #expect(style.printable("👩\u{200D}💻 a\u{200D}b") == "👩\u{200D}💻 a<U+200D>b")
  }

  @Test func `colours when asked`() {
    let text = render("a: 1", line: 1, column: 1, color: true)
    #expect(
      text == """
        p.yaml:1:1: \u{1B}[1;31merror:\u{1B}[0m \u{1B}[1mit is wrong\u{1B}[0m
        a: 1
        \u{1B}[1;32m^\u{1B}[0m
        \u{1B}[1;34mnote:\u{1B}[0m \u{1B}[1mmake it right\u{1B}[0m
        """)
  }

  @Test func `counts what is too much to show`() {
    let problems = (1...230).map { line in
      Diagnostic(
        "wrong", at: SourceRange(file: line > 220 ? "q.yaml" : "p.yaml", line: line, column: 1),
        severity: line > 201 ? .warning : .error)
    }
    let lines = DiagnosticRenderer().render(Diagnostics(problems)).split(separator: "\n")
    #expect(lines.count == 100 + 19 + 10 + 1)
    #expect(lines.last == "p.yaml: 101 more errors are not shown")
  }

  @Test func `names what nobody sees`() {
    let text = DiagnosticRenderer().render(
      Diagnostic(
        "unknown key 'tar\u{200B}get\u{A0}' beside 'é\u{3000}👩\u{200D}💻' and 'x\u{200C}\u{2067}'"))
    #expect(
      text == "error: unknown key 'tar<U+200B>get<U+00A0>' beside 'é<U+3000>👩\u{200D}💻' and "
        + "'x<U+200C><U+2067>'")
  }

  @Test func `leaves the middle out of long quotes`() {
    let name = String(repeating: "a", count: 500) + ".csv"
    let text = DiagnosticRenderer().render(
      Diagnostic("the stage's file '\(name)' is not '\(name.prefix(160))'"))
    #expect(
      text == "error: the stage's file '\(name.prefix(120))…\(name.suffix(40))' is not "
        + "'\(name.prefix(160))'")
  }

  @Test func `shows the places of notes`() {
    let first = SourceRange(file: "p.yaml", line: 1, column: 1)
    let second = SourceRange(file: "p.yaml", line: 2, column: 1)
    let problem = Diagnostic(
      "twice", at: second, severity: .warning, notes: [Note("first", at: first)])
    #expect(
      DiagnosticRenderer(sources: ["p.yaml": "a\nb"]).render(problem) == """
        p.yaml:2:1: warning: twice
        b
        ^
        p.yaml:1:1: note: first
        a
        ^
        """)
  }
}
