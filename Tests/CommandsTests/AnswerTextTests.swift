import Dataset
import Diagnostics
import Testing
import YAML

@testable import Commands

@Suite struct `Answers` {
  private static let rows = [
    AnsweredRow(
      name: ["row": 1], cells: ["a,\"b\"", " x"],
      answer: ["prediction": "yes", "probability": 0.25, "probabilities": ["yes": 0.25]],
      problem: nil),
    AnsweredRow(
      name: ["row": 2], cells: ["", "2\n3"], answer: nil,
      problem: Diagnostic("row 2: no value")),
  ]

  private func text(
    _ format: AnswerFormat, columns: [String] = ["id", "prediction"], _ rows: [AnsweredRow] = rows,
    target: Target = Target(name: "kind", task: .classification, classes: ["no", "yes"])
  ) -> String {
    var text = AnswerText(format, columns: columns, names: ["row"], target: target)
    // Blocks come one by one.
    return rows.map { text.add([$0]) }.joined() + text.end(width: nil)
  }

  @Test func `as CSV bring along what rows have, in quotes where that is needed`() {
    #expect(
      text(.csv) == #"""
        id,prediction,prediction_2,probability
        "a,""b"""," x",yes,0.25
        ,"2
        3",,

        """#)
    #expect(text(.tsv).hasPrefix("id\tprediction\tprediction_2\tprobability\n\"a,\"\"b\"\"\"\t"))
  }

  @Test func `as JSON are objects, in an array or one a line`() throws {
    let whole = try Value(parsingJSON: text(.json))
    let lines = try text(.jsonl).split(separator: "\n").map { try Value(parsingJSON: String($0)) }
    #expect(whole == .array(lines))
    #expect(whole[0]?["columns"] == ["id": "a,\"b\"", "prediction": " x"])
    #expect(whole[0]?["prediction"] == "yes")
    #expect(whole[1]?["prediction"] == nil)
    #expect(whole[1]?["problem"]?["message"] == "row 2: no value")
  }

  @Test func `as a table say so where there are none`() {
    #expect(
      text(.table) == """
        row  id     prediction  prediction_2  probability
        1    a,"b"   x          yes                 25.0%
        2           2␊3         -

        """)
  }

  @Test func `of several values have a column for each`() {
    let target = Target(name: "x, y", task: .regression, columns: ["x", "y"])
    let rows = [
      AnsweredRow(
        name: ["row": 1], cells: ["7"], answer: ["prediction": ["x": 1.5, "y": -2.0]], problem: nil),
      AnsweredRow(name: ["row": 2], cells: ["8"], answer: nil, problem: Diagnostic("row 2: no")),
    ]
    #expect(
      text(.csv, columns: ["x"], rows, target: target)
        == "x,prediction_x,prediction_y\n7,1.5,-2.0\n8,,\n")
    #expect(
      text(.table, columns: ["x"], rows, target: target) == """
        row  x  prediction_x  prediction_y
        1    7  1.5           -2
        2    8  -

        """)
  }

  @Test func `of labels list those that are given, with what stands between them in the data`() {
    let target = Target(
      name: "tags", task: .multiLabel, classes: ["sea", "sun"], separator: ";")
    func row(_ given: [Value], _ sea: Double, _ sun: Double) -> AnsweredRow {
      AnsweredRow(
        name: ["row": 1], cells: [],
        answer: [
          "prediction": .array(given), "probabilities": ["sea": .double(sea), "sun": .double(sun)],
        ], problem: nil)
    }
    let rows = [row(["sea", "sun"], 0.75, 0.5625), row([], 0.25, 0.125)]
    #expect(
      text(.csv, columns: [], rows, target: target) == """
        row,prediction,probability_sea,probability_sun
        1,sea;sun,0.75,0.5625
        1,,0.25,0.125

        """)
    #expect(
      text(.table, columns: [], rows, target: target) == """
        row  prediction
        1    sea 75.0%, sun 56.3%
        1

        """)
  }

  @Test func `of no rows are a header or nothing`() {
    for (format, expected) in [
      (AnswerFormat.csv, "row,prediction\n"), (.jsonl, ""), (.json, "[]\n"),
    ] {
      var text = AnswerText(
        format, columns: [], names: ["row"], target: Target(name: "y", task: .regression))
      #expect(text.add([]) + text.end(width: nil) == expected || format == .csv)
    }
  }

  @Test(arguments: [
    ("a.csv", AnswerFormat.csv), ("b/c.TSV", .tsv), ("x.tab", .tsv), ("x.y.jsonl", .jsonl),
    ("x.ndjson", .jsonl), ("x.json", .json), ("x.txt", .table), ("csv", nil), ("x.parquet", nil),
    ("", nil),
  ])
  func `are written as the file's name says`(path: String, format: AnswerFormat?) {
    #expect((try? AnswerFormat(ofFile: path)) == format)
  }
}
