import Diagnostics
import Foundation
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Deployment
@testable import Stages

struct `Folders of sounds` {
  private let stage: StageRun

  init() throws {
    stage = try StageRun()
    for (split, count) in [("train", 24), ("val", 4), ("test", 8)] {
      for row in 0..<count {
        let kind = row % 2 == 0 ? "low" : "high"
        let pitch = (row % 2 == 0 ? 300.0 : 900.0) + Double(row * 5)
        let samples = (0..<200 + row).map { place in
          Int16(9_000 * sin(2 * .pi * pitch * Double(place) / 4000))
        }
        try stage.write("sounds/\(split)/\(kind)/\(row).wav", MultimodalTable.wav(samples))
      }
    }
    try stage.write("sounds/train/low/readme.md", "notes")
  }

  private static let settings = "{audio: sounds, rate: 4000, bands: 10}"

  @Test func `have a class for each, and splits by their usual names`() throws {
    let dataset = try stage.run(Load.self, Self.settings, to: "sounds.dataset")
    let feature = try #require(dataset.description.features.first)
    // 223 samples are the longest, 40 of them from window to window.
    #expect(feature.kind == .audio && feature.shape == [1, 10, 6])
    #expect(feature.audio?.samples == 223)
    #expect(dataset.description.target?.classes == ["high", "low"])
    #expect(dataset.splits.map { dataset[$0]?.rows } == [24, 4, 8])
    #expect(
      stage.reporter.warnings.first?.message == "1 file below 'sounds' is left out: 1 .md")
    #expect(
      stage.reporter.metrics["remarks"] == [
        "the splits are the folders 'test', 'train' and 'val' of 'sounds'",
        "all sounds are brought to the length of the longest; 'seconds' is another",
      ])
  }

  @Test func `train a model that answers for files and folders`() throws {
    _ = try stage.run(Load.self, Self.settings, to: "rows")
    _ = try stage.run(Normalize.self, "{z-score: {}}", to: "scaled", from: "rows")
    var preset = MLPPreset()
    preset.hidden = [8]
    try stage.train(preset, on: "scaled", to: "model", epochs: 10)
    try stage.run(
      Accelerate.self, "{budget: 1s, engines: [libtorch], export: []}", to: "shipped",
      model: "model", data: "scaled")
    try stage.write("new/low/cut.wav", Array(MultimodalTable.wav([1, 2, 3]).dropLast()))
    try stage.write("new/low/a.wav", wav(of: "test/low/2.wav"))
    try stage.write("new/high/a.wav", wav(of: "test/high/3.wav"))
    let predictor = try Predictor(opening: stage.path + "/shipped")
    let rows = try NewRows(
      [
        SourceFile(path: stage.path + "/new", name: "new"),
        SourceFile(path: stage.path + "/sounds/test/high/1.wav", name: "1.wav"),
      ], predictor.description)
    #expect(rows.names == ["file"] && rows.columns == ["label"])
    var answers: [NewRows.Answer] = []
    try rows.answers(of: predictor) { answers += $0 }
    #expect(
      answers.map(\.row.label) == ["new/high/a.wav", "new/low/a.wav", "new/low/cut.wav", "1.wav"])
    #expect(
      answers.map { $0.problem?.message } == [
        nil, nil,
        "new/low/cut.wav: the file is cut short: its header promises 6 bytes of sound, and 5 are there",
        nil,
      ])
    #expect(answers.map(\.row.truth) == [0, 1, nil, nil])
    #expect(
      [0, 1, 3].map { predictor.answer(answers[$0].outputs)["prediction"] } == [
        "high", "low", "high",
      ])
  }

  private func wav(of file: String) throws -> [UInt8] {
    [UInt8](
      try #require(FileManager.default.contents(atPath: stage.path + "/sounds/" + file)))
  }

  @Test func `name the file that is no sound`() throws {
    try stage.write("sounds/train/low/x.wav", "no sound")
    let thrown = #expect(throws: Diagnostics.self) {
      try stage.run(Load.self, Self.settings, to: "rows")
    }
    #expect(
      thrown?.first.map { "\($0.message)" }
        == "sounds/train/low/x.wav: the content is none of WAV, FLAC, Ogg and AIFF")
    let dataset = try stage.run(
      Load.self, "{audio: sounds, rate: 4000, bands: 10, bad-rows: skip}", to: "rows")
    #expect(dataset[.train]?.rows == 24)
    #expect(stage.reporter.metrics["bad-rows"]?["count"] == .int(1))
  }
}

struct `Folders of texts` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  @Test func `have a class for each, and a text in each file`() throws {
    for row in 0..<20 {
      let kind = row % 2 == 0 ? "good" : "bad"
      try stage.write("reviews/\(kind)/\(row).txt", "a \(kind) film,\nnumber \(row)\n")
    }
    let dataset = try stage.run(
      Load.self, "{text: reviews, length: 8, split: {train: 80%, test: 20%}}", to: "rows")
    let feature = try #require(dataset.description.features.first)
    #expect(feature.kind == .text && feature.shape == [8])
    #expect(feature.text?.vocabulary.prefix(3) == [",", "a", "film"])
    #expect(dataset.description.target?.classes == ["bad", "good"])
    let rows = try #require(dataset[.train])
    guard case .int32(let ids) = rows.block(at: [0]).features["text"] else { return }
    #expect(ids.prefix(5).allSatisfy { $0 > 1 } && ids.suffix(2) == [0, 0])
  }

  @Test func `may hold a text in each line`() throws {
    try stage.write("data/pos.txt", "fine\n\n  \r\nlovely film\r\nlast, without an end")
    try stage.write("data/neg.txt", "poor\nbad\n")
    let dataset = try stage.run(
      Load.self,
      "{text: [data/neg.txt, data/pos.txt], documents: lines, unit: character, length: 4, "
        + "split: {train: 100%}}", to: "rows")
    #expect(dataset.description.target?.classes == ["neg", "pos"])
    #expect(dataset[.train]?.rows == 5)
    #expect(dataset[.train]?.targets(0..<5) == .int64([0, 0, 1, 1, 1]))
    try stage.write("data/pos.txt", [0x61, 0x0a, 0xff, 0x0a] as [UInt8])
    let thrown = #expect(throws: Diagnostics.self) {
      try stage.run(
        Load.self,
        "{text: [data/neg.txt, data/pos.txt], documents: lines, split: {train: 100%}}", to: "rows")
    }
    #expect(
      thrown?.first.map { "\($0)".prefix { $0 != "\n" } }
        == "data/pos.txt:2:1: error: the field 'text' is not UTF-8")
  }

  @Test func `are read anew for new texts as they were`() throws {
    let target = Target(name: "label", task: .classification, classes: ["bad", "good"])
    let form = TextForm(unit: .word, length: 3, isLowercased: true, vocabulary: ["film", "fine"])
    let feature = Feature(
      name: "text", kind: .text, shape: [3], type: .int32, columns: ["text"], text: form)
    try stage.write("new/good/a.txt", "Fine film")
    try stage.write("b.txt", "what")
    let files = ["new", "b.txt"].map { SourceFile(path: stage.path + "/" + $0, name: $0) }
    let source = try #require(
      try TextFolders.newRows(
        files, for: [feature], target: target, ["format": "texts", "cell": "text"]))
    var rows: [NewRow] = []
    try source.readNew { read in
      rows += read.rows
      #expect(read.block.features["text"] == .int32([3, 2, 0, 1, 0, 0]))
    }
    #expect(rows.map(\.label) == ["new/good/a.txt", "b.txt"])
    #expect(rows.map(\.truth) == [1, nil])
  }
}
