import Diagnostics
import Foundation
import Learning
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment
@testable import Stages

/// Pictures, sounds, texts, numbers and categories together, from files to answers for new rows.
struct MultimodalTests {
  private let stage: StageRun
  private let table = MultimodalTable(rows: 160)

  init() throws {
    stage = try StageRun()
    try table.write(to: stage)
  }

  private func load(_ yaml: String = MultimodalTable.settings, to name: String = "rows") throws
    -> Dataset
  {
    try stage.run(Load.self, yaml, to: name)
  }

  @Test func `are loaded with all that new rows need`() throws {
    let dataset = try load()
    let features = Dictionary(
      uniqueKeysWithValues: dataset.description.features.map { ($0.name, $0) })
    let photo = try #require(features["photo"])
    #expect(photo.kind == .image && photo.shape == [1, 12, 12] && photo.type == .uint8)
    #expect(photo.files == NamedFiles(root: "photos"))
    let beep = try #require(features["beep"])
    #expect(beep.kind == .audio && beep.shape == [1, 12, 9] && beep.type == .float32)
    #expect(beep.audio?.rate == 4000 && beep.audio?.samples == 320 && beep.files?.root == "")
    let note = try #require(features["note"]?.text)
    #expect(note.unit == .word && note.length == 6 && note.isLowercased)
    // A number of each row is in its text alone: of the others nothing is known.
    let rows = Set(try #require(dataset[.train]).rowIDs())
    let numbers = Set(note.vocabulary.compactMap { Int64($0) })
    #expect(numbers.isSubset(of: rows) && numbers.count > rows.count * 3 / 4)
    #expect(note.vocabulary.prefix(3) == [",", "a", "thing"])
    #expect(stage.reporter.metrics["features"]?["note"]?["tokens"] == .int(note.ids))
    let description = try DatasetDescription(dataset.description.value, file: "dataset.json")
    #expect(description.features == dataset.description.features)
  }

  @Test func `are loaded to the same bytes again`() throws {
    let first = try load(to: "one")
    let second = try load(to: "two")
    #expect(first.description.value == second.description.value)
    for shard in first.description.splits.flatMap(\.shards) {
      let files = ["one", "two"].map { stage.path + "/\($0)/" + shard.file }
      #expect(FileManager.default.contentsEqual(atPath: files[0], andPath: files[1]))
    }
  }

  @Test(arguments: [
    "{cnn: {channels: [4, 8]}}", "{transformer: {width: 16, depth: 1, dropout: 0}}",
    "{audio-cnn: {channels: [4, 8]}}", "{tabular-resnet: {width: 16}}",
    "{vit: {width: 16, depth: 1, heads: 2}}",
  ])
  func `train end to end and answer for new rows`(model: String) throws {
    let preset = try ModelPreset.decode(Node(parsing: model, file: "model")).preset
    _ = try load()
    _ = try stage.run(
      Clean.self, "[missing: {fill: median}]", to: "whole", from: "rows")
    _ = try stage.run(Normalize.self, "{z-score: {}}", to: "scaled", from: "whole")
    try stage.train(preset, on: "scaled", to: "model", epochs: 12)
    try stage.run(
      Accelerate.self, "{budget: 1s, export: [onnx, openvino]}", to: "shipped", model: "model",
      data: "scaled")
    // New rows lie elsewhere, with their photographs beside them.
    let shipped = stage.path + "/shipped"
    try stage.write("new/rows.csv", newRows)
    for row in 0..<4 {
      try copy("data/photos/\(row).png", to: "new/photos/\(row).png")
      try copy("data/sounds/\(row).wav", to: "new/sounds/\(row).wav")
    }
    let predictor = try Predictor(opening: shipped)
    let table = SourceFile(path: stage.path + "/new/rows.csv", name: "new/rows.csv")
    var answers: [NewRows.Answer] = []
    try NewRows([table], predictor.description).answers(of: predictor) { answers += $0 }
    #expect(answers.count == 7)
    for row in 0..<4 {
      #expect(answers[row].problem == nil)
      let answer = predictor.answer(answers[row].outputs)
      // What twelve epochs teach is not the same for all.
      if preset is CNNPreset {
        #expect(answer["prediction"] == .string(MultimodalTable.kind(row)), "\(row)")
      }
      #expect(answer["prediction"]?.string != nil)
    }
    #expect(answers[4].problem?.message == "row 5: the column 'beep' names no file")
    #expect(
      answers[5].problem?.message
        == "row 6: there is no file 'new/photos/none.png' nor 'new/none.png', which the column 'photo' names"
    )
    #expect(
      answers[6].problem?.message
        == "row 7: '../rows.csv' leads out of 'new/photos', where the files of "
        + "the table are; the column 'photo' names it")
  }

  /// Whole rows, one that lacks text, number and category, and rows that cannot be answered.
  private var newRows: String {
    let lines = (0..<4).map { row in
      row == 2 ? "2.png,sounds/2.wav,,,,?" : table.line(row)
    }
    let bad = [
      "1.png,,fine,1,red,?", "none.png,sounds/1.wav,fine,1,red,?",
      "../rows.csv,sounds/1.wav,fine,1,red,?",
    ]
    return ([MultimodalTable.header] + lines + bad).joined(separator: "\n") + "\n"
  }

  private func copy(_ file: String, to other: String) throws {
    let bytes = try #require(FileManager.default.contents(atPath: stage.path + "/" + file))
    try stage.write(other, [UInt8](bytes))
  }

  @Test func `name the row and the file that cannot be used`() throws {
    try stage.write("data/photos/text.png", "no picture")
    try stage.write("data/sounds/cut.wav", Array(MultimodalTable.wav([1, 2, 3]).dropLast()))
    try stage.write("data/photos/outside", "")
    try FileManager.default.removeItem(atPath: stage.path + "/data/photos/outside")
    try FileManager.default.createSymbolicLink(
      atPath: stage.path + "/data/photos/outside", withDestinationPath: "../sounds")
    let rest = "fine,1,red,ab-low"
    try stage.write(
      "data/rows.csv",
      ([
        MultimodalTable.header, "0.png,sounds/0.wav,\(rest)", "none.png,sounds/0.wav,\(rest)",
        "text.png,sounds/0.wav,\(rest)", "0.png,sounds/cut.wav,\(rest)",
        "outside/0.wav,sounds/0.wav,\(rest)", "/etc/passwd,sounds/0.wav,\(rest)",
        "../rows.csv,sounds/0.wav,\(rest)", "0.png,sounds,\(rest)", ",sounds/0.wav,\(rest)",
      ].joined(separator: "\n") + "\n"))
    let thrown = #expect(throws: Diagnostics.self) { try load() }
    #expect(
      thrown?.map(\.line) == [
        "data/rows.csv:3:1: error: there is no file 'data/photos/none.png', which the column 'photo' names",
        "data/rows.csv:4:1: error: data/photos/text.png: the content is none of JPEG, PNG, WebP, TIFF and BMP",
        "data/rows.csv:5:1: error: data/sounds/cut.wav: the file is cut short: its header promises 6 bytes "
          + "of sound, and 5 are there",
        "data/rows.csv:6:1: error: 'outside/0.wav' leads out of 'data/photos', where the files of the "
          + "table are; the column 'photo' names it",
        "data/rows.csv:7:1: error: '/etc/passwd' leads out of 'data/photos', where the files of the "
          + "table are; the column 'photo' names it",
        "data/rows.csv:8:1: error: '../rows.csv' leads out of 'data/photos', where the files of the "
          + "table are; the column 'photo' names it",
        "data/rows.csv:9:1: error: 'data/sounds' is a folder, where a file is to be read; the "
          + "column 'beep' names it",
        "data/rows.csv:10:1: error: the column 'photo' names no file",
      ])
  }

  @Test func `are blank where that is said of rows without a file`() throws {
    try stage.write(
      "data/rows.csv", "photo,beep,kind\n,sounds/0.wav,a\n0.png,,b\n0.png,sounds/0.wav,a\n")
    let dataset = try load(
      """
      csv: data/rows.csv
      target: kind
      features:
        photo: {columns: photo, kind: image, root: data/photos, size: 12, color: grey, absent: blank}
        beep: {columns: beep, kind: audio, rate: 4000, seconds: 0.08, bands: 12, absent: blank}
      split: {train: 100%}
      """)
    let block = try #require(dataset[.train]).block(at: [0, 1])
    guard case .uint8(let pixels) = block.features["photo"],
      case .float32(let bands) = block.features["beep"]
    else { return #expect(Bool(false), "other types") }
    #expect(pixels.prefix(144).allSatisfy { $0 == 0 } && pixels.dropFirst(144).contains { $0 > 0 })
    #expect(
      bands.prefix(108).contains { $0 > -60 } && bands.dropFirst(108).allSatisfy { $0 == -100 })
  }

  @Test func `belong to what the stage reads`() throws {
    let settings = try Load.Settings.decode(Node(parsing: MultimodalTable.settings, file: "p.yaml"))
    #expect(Load.files(settings) == ["data/rows.csv", "data", "data/photos"])
  }

  @Test(arguments: [
    ("{columns: f, kind: image}", "the size of the image is not given"),
    ("{columns: f, kind: audio}", "the length of the sounds is not given"),
    ("{columns: f, size: 4}", "'size' says what is made of images"),
    ("{columns: f, root: a}", "'root' says what is made of images and sounds"),
    ("{columns: f, kind: text, rate: 8000}", "texts have no 'rate'"),
    ("{columns: f, kind: text, unit: byte, lower-case: true}", "bytes have no 'lower-case'"),
    (
      "{columns: f, kind: image, height: 2, width: 2, fit: cover}",
      "an image whose columns are its pixels has no 'fit'"
    ),
    (
      "{columns: f, kind: audio, seconds: 1, representation: mfcc, bands: 4}",
      "20 coefficients cannot be made of 4 bands"
    ),
  ])
  func `are told what does not belong to them`(feature: String, fact: String) throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try Load.Settings.decode(
        Node(parsing: "{csv: data/t.csv, target: y, features: {f: \(feature)}}", file: "p.yaml"))
    }
    #expect(thrown?.map(\.message) == [fact])
  }

  @Test func `need a folder of their own beside a pipeline`() throws {
    let thrown = #expect(throws: Diagnostics.self) {
      try Load.Settings.decode(
        Node(
          parsing: "{csv: t.csv, target: y, features: {f: {columns: f, kind: image, size: 4}}}",
          file: "p.yaml"))
    }
    #expect(thrown?.map(\.message) == ["the folder of the files of 'f' is not given"])
  }
}

struct `Texts of tables` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private func load(_ note: String, _ text: [[UInt8]], more: String = "") throws -> Dataset {
    var table = Array("note,y\n".utf8)
    for (row, text) in text.enumerated() {
      table += [0x22] + text + Array("\",\(row % 2 == 0 ? "a" : "b")\n".utf8)
    }
    try stage.write("t.csv", table)
    return try stage.run(
      Load.self,
      "{csv: t.csv, target: y, features: {note: \(note)}, split: {train: 100%}\(more)}", to: "t")
  }

  @Test func `of any bytes are read as bytes, and as nothing else`() throws {
    let texts: [[UInt8]] = [[0x61, 0xff], [0x62, 0], Array("ok".utf8)]
    let dataset = try load("{columns: note, kind: text, unit: byte, length: 3}", texts)
    let ids = try #require(dataset[.train]).block(at: [0, 1, 2]).features["note"]
    #expect(ids == .int32([99, 257, 0, 100, 2, 0, 113, 109, 0]))
    let thrown = #expect(throws: Diagnostics.self) {
      try load("{columns: note, kind: text, unit: character, length: 3}", texts)
    }
    #expect(
      thrown?.map(\.line) == [
        "t.csv:2:1: error: the field 'note' is not UTF-8",
        "t.csv:3:1: error: the field 'note' holds a zero byte, which no text has",
      ])
    let skipped = try load(
      "{columns: note, kind: text, unit: character, length: 3}", texts, more: ", bad-rows: skip")
    #expect(skipped[.train]?.rows == 1)
  }

  @Test func `are hinted at where they are taken for categories`() throws {
    let lines = (0..<40).map { "a long story number \($0) of many,\($0 % 2 == 0 ? "a" : "b")" }
    try stage.write("t.csv", "note,y\n" + lines.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y, split: {train: 100%}}", to: "t")
    let warning = try #require(stage.reporter.warnings.first)
    #expect(warning.notes.map(\.message).contains("`kinds: {note: text}` reads it by its words"))
    let dataset = try stage.run(
      Load.self, "{csv: t.csv, target: y, kinds: {note: text}, split: {train: 100%}}", to: "u")
    #expect(dataset.description.features.map(\.kind) == [.text])
    #expect(dataset.description.features.first?.text?.length == 64)
  }

  @Test(arguments: [
    ("photo", "jpg", "kind: image, size: 64"), ("clip", "wav", "kind: audio, seconds: 1"),
  ])
  func `that end as files do are hinted at`(name: String, ending: String, form: String) throws {
    let lines = (0..<40).map { "x/\($0).\(ending),\($0 % 2 == 0 ? "a" : "b")" }
    try stage.write("t.csv", "\(name),y\n" + lines.joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y, split: {train: 100%}}", to: "t")
    let warning = try #require(stage.reporter.warnings.first)
    #expect(
      warning.notes.map(\.message).contains(
        "`features: {\(name): {columns: \(name), \(form)}}` reads the files that it names; other columns "
          + "are declared beside it"))
  }
}

extension Diagnostic {
  /// The message with its place, without notes.
  fileprivate var line: String { String("\(self)".prefix { $0 != "\n" }) }
}
