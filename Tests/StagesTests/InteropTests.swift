import Diagnostics
import Foundation
import Network
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// What other programs wrote, and what is written for them.
@Suite struct `Data of other programs` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private func writeHuggingFaceTable() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../References/hugging_face.parquet")
    try stage.write("hf.parquet", Array(Data(contentsOf: file)))
  }

  @Test func `loads pictures that a table of Hugging Face's datasets holds`() throws {
    try writeHuggingFaceTable()
    let dataset = try stage.run(
      Load.self,
      """
      parquet: hf.parquet
      target: label
      task: classification
      features:
        picture: {columns: image, kind: image, size: 8, color: grey}
        caption: {columns: caption, kind: text, length: 8}
      split: {train: 100%}
      """, to: "data")
    let rows = try #require(dataset.rows(.train))
    #expect(rows.target == .int64((0..<12).map { $0 % 3 }))
    #expect(
      rows.features["picture"]
        == .uint8((0..<12).flatMap { [UInt8](repeating: UInt8(20 * $0), count: 64) }))
    #expect(dataset.description.feature("caption")?.text?.vocabulary.contains("owl") == true)
  }

  @Test func `takes a list of texts for labels`() throws {
    try writeHuggingFaceTable()
    let dataset = try stage.run(
      Load.self,
      "{parquet: hf.parquet, target: tags, features: {label: label}, split: {train: 100%}}",
      to: "data")
    let target = try #require(dataset.description.target)
    #expect(target.task == .multiLabel && target.classes == ["even", "third"])
    let indicators = (0..<12).flatMap { row -> [UInt8] in
      [row % 2 == 0 ? 1 : 0, row % 3 == 0 ? 1 : 0]
    }
    #expect(dataset.rows(.train)?.target == .uint8(indicators))
    #expect(
      stage.reporter.metrics["decisions"]?[0]
        == "'tags' holds lists of 2 labels; 4 rows have no label")
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(
        Load.self,
        "{parquet: hf.parquet, target: label, columns: [tags], split: {train: 100%}}", to: "other")
    }
    #expect(thrown?.message.contains("which is read as a target only") == true)
  }

  @Test func `has to name the folder of files that a table beside the pipeline names`() throws {
    try stage.write("t.csv", "file,kind\na.png,x\nb.png,y\n")
    _ = try stage.run(
      Load.self, "{csv: t.csv, target: kind, split: {train: 100%}}", to: "data")
    _ = try DatasetExport(Dataset(opening: stage.path + "/data"), as: .parquet)
      .write(to: stage.path + "/t.parquet")
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(
        Load.self,
        "{parquet: t.parquet, target: kind, features: {p: {columns: file, kind: image, size: 8}}}",
        to: "again")
    }
    #expect(thrown?.message == "the folder of the files of 'p' is not given")
  }

  private static let table = """
    day,when,clock,size,colour,note,tags
    2024-01-31,2024-01-31T08:30:00Z,08:30,1.5,red,hello wide world,x|y
    2023-02-01,1968-02-29 23:59:59,20:31:15.25,2,,Ünïcode,x
    1999-12-31,2031-12-31 00:00:00.5,00:00,3,blue,,
    0001-01-01,,12:15:30,,red,"a ""quoted"" text",y

    """

  private static func settings(_ source: String, _ more: String = "") -> String {
    "{\(source), target: tags, task: multi-label, kinds: {note: text}\(more), split: {train: 100%}}"
  }

  @Test(arguments: [ExportFormat.parquet, .csv])
  func `gets what was loaded back as it was`(format: ExportFormat) throws {
    try stage.write("t.csv", Self.table)
    let dataset = try stage.run(Load.self, Self.settings("csv: t.csv"), to: "data")
    let file = "all.\(format.rawValue)"
    let wrote = try DatasetExport(dataset, as: format).write(to: stage.path + "/" + file)
    #expect(
      wrote.rows == 4
        && wrote.remarks == [
          "'note' has of each text its first 64 words with a blank between each two, in small letters"
        ])
    let again = try stage.run(
      Load.self,
      Self.settings("\(format.rawValue): \(file)", ", columns: '!split'"), to: "again")
    let (first, second) = (try #require(dataset.rows(.train)), try #require(again.rows(.train)))
    #expect(first.target == second.target)
    for feature in dataset.description.features {
      let values = (first.features[feature.name], second.features[feature.name])
      guard case (.float32(let one)?, .float32(let other)?) = values else {
        #expect(values.0 == values.1, "\(feature.name)")
        continue
      }
      #expect(one.count == other.count)
      for (left, right) in zip(one, other) {
        #expect(
          left.isNaN && right.isNaN || abs(left - right) <= max(1e-6, 2 * left.ulp),
          "\(feature.name)")
      }
    }
  }

  @Test func `gets no date where numbers are those of none`() throws {
    try stage.write("t.csv", Self.table)
    _ = try stage.run(Load.self, Self.settings("csv: t.csv"), to: "data")
    let filled = try stage.run(
      Clean.self, "[{missing: {fill: mean, columns: ['when *']}}]", to: "filled", from: "data")
    let wrote = try DatasetExport(filled, as: .csv).write(to: stage.path + "/all.csv")
    #expect(
      wrote.remarks.contains(
        "'when' is missing in 1 row, whose numbers are those of no date; --prepared writes the numbers"
      ), "\(wrote.remarks)")
    let text = try String(contentsOfFile: stage.path + "/all.csv", encoding: .utf8)
    #expect(text.contains("0001-01-01,,12:15:30.000") || text.contains(",0001-01-01,,"))
  }
}

@Suite struct `What tokens and numbers tell` {
  @Test(arguments: [
    (TextForm(unit: .byte, length: 6, isLowercased: false), "Ünïcode", "Ünïc"),
    (TextForm(unit: .byte, length: 3, isLowercased: false), "aÜn", "aÜ"),
    (TextForm(unit: .byte, length: 2, isLowercased: false), "aÜn", "a"),
    (
      TextForm(
        unit: .character, length: 4, isLowercased: false, vocabulary: ["a", "b", "é"]), "abéc",
      "abé\u{fffd}"
    ),
    (
      TextForm(unit: .word, length: 3, isLowercased: true, vocabulary: ["good", ",", "day"]),
      "Good, day!", "good , day"
    ),
  ])
  func `give a text back`(form: TextForm, text: String, expected: String) throws {
    var ids: [Int32] = []
    try TextEncoder(form).append(Array(text.utf8), to: &ids)
    let found = TextRecovery(form).text(of: ids[...])
    #expect(found.text == expected)
    #expect(found.hasUnknown == expected.contains("\u{fffd}"))
    #expect(found.isFull)
    #expect(TextRecovery(form).text(of: [Int32](repeating: 0, count: 4)[...]).text == nil)
  }

  @Test(arguments: [
    ("2024-02-29", DatePart.usual, "2024-02-29"),
    ("1583-10-15", [.year, .month, .day], "1583-10-15"),
    ("2024-02-29T23:59:59.25Z", DatePart.usualWithTime, "2024-02-29 23:59:59.25"),
    ("2024-01-01T00:30:00+02:00", DatePart.usualWithTime, "2023-12-31 22:30"),
    ("2024-01-01T20:15:00-09:30", DatePart.usualWithTime, "2024-01-02 05:45"),
    ("1905-07-01T12:00:01", [.year, .month, .day, .hour], "1905-07-01 12:00:01"),
    ("2000-01-01T07:08:09.5", DatePart.usualOfClock, "07:08:09.5"),
  ])
  func `give a date back`(text: String, parts: [DatePart], expected: String) throws {
    let date = try #require(CalendarDate(Array(text.utf8)[...]))
    let recovery = try #require(DateRecovery(parts))
    let numbers = parts.flatMap { $0.numbers(of: date) }.map { Float($0) }
    let value = try #require(recovery.value(of: numbers[...])?.value)
    let other = Array(expected.utf8)[...]
    let right = try #require(CalendarDate(other) ?? CalendarDate(clock: other))
    let milliseconds = Int64((right.seconds * 1000).rounded())
    let days = Int64(right.dayNumber) + 10_957
    switch recovery.kind {
    case .date: #expect(value == days)
    case .clock: #expect(value == milliseconds)
    default: #expect(value == days * 86_400_000 + milliseconds)
    }
    var wrong = numbers
    wrong[0] += 0.25
    #expect(recovery.value(of: wrong[...]) == nil)
  }

  @Test func `do not tell every date`() {
    #expect(DateRecovery([.weekday, .season]) == nil)
    #expect(DateRecovery([.month, .day]) == nil)
  }
}
