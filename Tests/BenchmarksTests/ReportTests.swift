import Testing

@testable import Benchmarking

struct `Figures` {
  @Test(arguments: [
    (0, "0.00 ms"), (0.00931, "9.31 ms"), (0.0931, "93.1 ms"), (0.931, "931 ms"),
    (0.9994, "999 ms"), (0.9996, "1.00 s"), (4.483, "4.48 s"), (9.996, "10.0 s"),
    (44.83, "44.8 s"), (99.96, "100 s"), (448.3, "448 s"),
  ])
  func `have three digits that count`(seconds: Double, text: String) {
    #expect(Figure.time(seconds) == text)
  }
}

struct `Counts` {
  @Test(arguments: [
    (7, "7"), (8000, "8000"), (10_000, "10,000"), (100_000, "100,000"), (1_002_003, "1,002,003"),
  ])
  func `are read by thousands`(number: Int, text: String) {
    #expect(Figure.count(number) == text)
  }
}

struct `Markdown tables` {
  @Test func `are as wide as their widest cells, with numbers to the right`() {
    let table = MarkdownTable(
      headings: ["", "time"], rows: [["Anneal", "9 ms"], ["a | b", "12 345 ms"]])
    #expect(
      table.text == """
        |        |      time |
        | ------ | --------: |
        | Anneal |      9 ms |
        | a \\| b | 12 345 ms |
        """)
  }

  @Test func `keep a cell on one line`() {
    let table = MarkdownTable(headings: ["what"], rows: [["failed:\nno"]], numbers: 0..<0)
    #expect(
      table.text == """
        | what       |
        | ---------- |
        | failed: no |
        """)
  }
}

struct `Verdicts` {
  private func series(_ wall: Double) -> Series {
    var series = Series()
    series.add(.finished(Measurement(wall: wall, processor: wall, peakMemory: 1)))
    return series
  }

  @Test(arguments: [
    (0.2, nil, "yes"), (0.3, nil, "yes"), (0.6, nil, "no: 2.00 times the target"),
    (0.6, 0.7, "yes: the commands alone take 700 ms"), (0.6, 0.5, "no: 2.00 times the target"),
  ])
  func `hold the median against the target`(wall: Double, floor: Double?, answer: String) {
    let verdict = TargetCheck(
      subject: "planning", target: 0.3, measured: series(wall), floor: floor)
    #expect(verdict.row.last == answer)
  }

  @Test func `are not met by what was not measured`() {
    var series = Series()
    series.add(.exceeded(60))
    let verdict = TargetCheck(subject: "planning", target: 0.3, measured: series)
    #expect(verdict.row == ["planning", "300 ms", "over 60.0 s", "no"])
  }
}

struct `Sections` {
  @Test func `show each table below its caption`() {
    let table = MarkdownTable(headings: ["", "time"], rows: [["Anneal", "9 ms"]])
    let section = Section(
      title: "Planning", text: "How long it takes.",
      parts: [Section.Part(caption: "100 stages", table: table)])
    #expect(
      section.markdown == """
        ### Planning

        How long it takes.

        **100 stages**

        |        | time |
        | ------ | ---: |
        | Anneal | 9 ms |
        """)
  }
}

struct `The document` {
  @Test func `has its parts written anew one by one`() {
    var document = BenchmarkDocument("# Something else\n")
    #expect(document[.runner] == nil)
    document[.data] = "## Data\n\nfast\n"
    document[.runner] = "## The runner\n\nslow\n"
    var again = BenchmarkDocument(document.markdown)
    #expect(again == document)
    again[.runner] = "## The runner\n\nfast"
    #expect(again[.data] == "## Data\n\nfast")
    #expect(again.markdown.contains("fast\n\n<!-- end of runner -->"))
    #expect(!again.markdown.contains("slow"))
  }
}

struct `Ratios` {
  @Test(arguments: [([1.4, 1.6, 1.7], "yes"), ([1.4, 1.45, 1.7], "no")])
  func `are held against their target by the median`(ratios: [Double], answer: String) {
    var peer = Comparison.Peer(name: "peer")
    peer.wallRatios = ratios
    let check = RatioCheck(subject: "reading", target: 1.5, peer: peer)
    #expect(check.row.last == answer)
  }
}
