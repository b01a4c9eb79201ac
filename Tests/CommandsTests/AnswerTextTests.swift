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
    _ format: AnswerFormat, columns: [String] = ["id", "prediction"], isClassification: Bool = true
  ) -> String {
    var text = AnswerText(
      format, columns: columns, names: ["row"], isClassification: isClassification)
    // Blocks come one by one.
    return Self.rows.map { text.add([$0]) }.joined() + text.end(width: nil)
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

  @Test func `of no rows are a header or nothing`() {
    for (format, expected) in [
      (AnswerFormat.csv, "row,prediction\n"), (.jsonl, ""), (.json, "[]\n"),
    ] {
      var text = AnswerText(format, columns: [], names: ["row"], isClassification: false)
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
