import Artifacts
import Diagnostics
import Foundation
import Network
import Options
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

@Suite struct LoadTests {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private let pipelines = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../pipelines").standardizedFileURL.path

  @Test func `loads the digits`() throws {
    let dataset = try stage.run(
      Load.self,
      """
      csv: data/digits.csv.gz
      target: digit
      features: {image: {columns: pixel_*, height: 8, width: 8}}
      split: {train: 70%, validation: 10%, test: 20%, stratify: true}
      """, to: "digits", in: pipelines)
    let image = try #require(dataset.description.features.first)
    #expect(image.kind == .image && image.shape == [1, 8, 8] && image.type == .uint8)
    #expect(dataset.description.target?.classes == (0...9).map(String.init))
    let rows = dataset.splits.compactMap { dataset[$0]?.rows }
    #expect(rows.reduce(0, +) == 1797)
    #expect(zip(rows, [1258, 180, 359]).allSatisfy { abs($0 - $1) <= 10 })
    guard case .uint8(let pixels) = dataset[.test]?.block(at: [0]).features["image"] else {
      Issue.record("images are bytes")
      return
    }
    #expect(pixels.max() ?? 0 <= 16)
    #expect(stage.reporter.metrics["rows"] == .int(1797))
  }

  @Test func `loads the same bytes again`() throws {
    let yaml = "{csv: data/wine.csv, target: cultivar, missing: ['?'], sample: 50%, limit: 60}"
    let first = try stage.run(Load.self, yaml, to: "one", in: pipelines)
    let second = try stage.run(Load.self, yaml, to: "two", in: pipelines)
    #expect(first.description.value == second.description.value)
    for shard in first.description.splits.flatMap(\.shards) {
      let files = ["one", "two"].map { stage.path + "/\($0)/" + shard.file }
      #expect(FileManager.default.contentsEqual(atPath: files[0], andPath: files[1]))
    }
    #expect(stage.reporter.metrics["rows"] == .int(60))
    #expect(stage.reporter.metrics["missing"]?["numbers"]?.int ?? 0 > 0)
  }

  @Test func `loads image folders`() throws {
    let dataset = try stage.run(
      Load.self, "{images: data/shapes, size: 16, fit: contain, limit: 50}", to: "shapes",
      in: pipelines)
    #expect(dataset.description.features.map(\.shape) == [[3, 16, 16]])
    #expect(dataset.description.target?.classes.contains("triangle") == true)
    #expect(dataset.splits.compactMap { dataset[$0]?.rows }.reduce(0, +) == 50)
  }

  @Test(arguments: [(60, 60, true), (60, 40, true), (60, 20, false), (15, 15, false)])
  func `points out a column of names, which is no category`(
    rows: Int, texts: Int, isNamed: Bool
  ) throws {
    let lines = (0..<rows).map { "name-\($0 % texts),\($0 % 7),\($0 % 2 == 0 ? "a" : "b")" }
    try stage.write("t.csv", (["id,x,y"] + lines).joined(separator: "\n") + "\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y, split: {train: 100%}}", to: "t")
    #expect(
      stage.reporter.warnings.map(\.message)
        == (isNamed
          ? [
            "the column 'id' has \(texts) different texts in \(rows) rows, so that nearly none tells of "
              + "another row"
          ] : []))
  }

  @Test func `splits by a column`() throws {
    try stage.write("t.csv", "x,fold,y\n1,train,0\n2,test,1\n3,train,1\n4,validation,0\n")
    let dataset = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {column: fold}}", to: "t")
    #expect(dataset.numbers("numbers") == [1, 3])
    #expect(dataset.numbers("numbers", .validation) == [4])
    #expect(dataset.numbers("numbers", .test) == [2])
  }

  @Test func `splits by files, found by a pattern`() throws {
    try stage.write("data/a.csv", "x,y\n1,0\n2,1\n")
    try stage.write("data/b.tsv", "x\ty\n3\t1\n")
    let dataset = try stage.run(
      Load.self,
      "{csv: 'data/*', target: y, split: {files: {train: data/a.csv, test: 'data/*.tsv'}}}",
      to: "t")
    #expect(dataset.numbers("numbers") == [1, 2])
    #expect(dataset.numbers("numbers", .test) == [3])
    #expect(dataset.rows(.test)?.rows == [2])
  }

  @Test func `counts and lists bad rows that are skipped`() throws {
    try stage.write("t.csv", "x,y\n1,0\n2\n3,1\nz,1\n5,0\n")
    let dataset = try stage.run(
      Load.self, "{csv: t.csv, target: y, split: {train: 100%}, bad-rows: skip}", to: "t")
    #expect(dataset.numbers("numbers") == [1, 3, 5])
    let bad = stage.reporter.metrics["bad-rows"]
    #expect(bad?["count"] == .int(2))
    #expect(
      bad?["listed"] == [
        "t.csv:3: 1 field where the header has 2", "t.csv:5: 'z' in the column 'x' is not a number",
      ])
    #expect(stage.reporter.warnings.map(\.message) == ["2 bad rows were left out"])
  }

  @Test(arguments: [
    ("{}", "nothing is named to load"),
    ("{csv: t.csv, images: i, target: y}", "more than one source is named"),
    ("{csv: t.csv}", "the column to predict is not named"),
    ("{csv: t.csv, target: y, size: 3}", "'size' has no meaning for 'csv'"),
    ("{images: t.csv, target: y}", "'target' has no meaning for 'images'"),
    ("{csv: t.csv, target: y, split: {train: 70%, test: 20%}}", "the splits add up to 90.0%"),
    ("{csv: t.csv, target: y, split: {train: 0%, test: 100%}}", "the training split is empty"),
    (
      "{csv: t.csv, target: y, split: {train: 100%, column: c}}",
      "rows are split by more than one rule"
    ),
    ("{csv: t.csv, target: y, split: {files: {tset: a}}}", "'tset' is no split"),
    (
      "{csv: t.csv, task: none, split: {stratify: true}}", "there is no target to stratify by"
    ),
    (
      "{csv: t.csv, target: [y, z], task: regression, split: {stratify: true}}",
      "rows of several amounts have nothing to stratify by"
    ),
    (
      "{csv: t.csv, target: [y, z], task: classification}",
      "'target' names several columns, and a class is told by one"
    ),
    ("{csv: t.csv, target: y, separator: ','}", "only labels have something between them"),
    (
      "{csv: t.csv, target: y, split: {folds: 5}}",
      "it is not said which of the 5 folds is tested on"
    ),
    ("{csv: t.csv, target: y, split: {fold: 2}}", "it is not said how many folds there are"),
    (
      "{csv: t.csv, target: y, split: {folds: 3, fold: 4}}",
      "there is no fold 4: they are 1 to 3"
    ),
    (
      "{csv: t.csv, target: y, split: {folds: 3, fold: 1, test: 20%}}",
      "folds say which rows are tested on, so that 'test' has no share to take"
    ),
    (
      "{csv: t.csv, target: y, split: {time: t, stratify: true}}",
      "rows that are split in the order of time cannot be split by 'stratify' too"
    ),
    (
      "{csv: t.csv, target: y, split: {gap: 3}}",
      "a gap is one in time, and no column tells the time"
    ),
    (
      "{csv: t.csv, target: y, features: {i: {columns: p, height: 2}}}",
      "an image needs both 'height' and 'width'"
    ),
    ("{csv: t.csv, target: y, delimiter: ab}", "'ab' cannot stand between fields"),
    ("{images: t.csv, size: [1, 2, 3]}", "this is no size of pictures"),
    (
      "{csv: t.csv, target: y, features: {a: {columns: [x, y]}}}",
      "'y' is the target, and cannot be a part of the feature 'a' too"
    ),
    (
      "{csv: t.csv, target: y, features: {a: x}, split: {group: x}}",
      "'x' is the group, and cannot be a part of the feature 'a' too"
    ),
    ("{csv: t.csv, target: y, columns: '!y'}", "'y' is the target, and cannot be left out"),
    ("{csv: t.csv, target: y, kinds: {y: date}}", "'y' is the target, whose kind is its task"),
    (
      "{csv: t.csv, target: y, features: {a: {columns: x, kind: number, parts: age}}}",
      "a number has no parts"
    ),
  ])
  func `refuses wrong settings before anything runs`(yaml: String, fact: String) throws {
    try stage.write("t.csv", "x,y\n1,2\n")
    let thrown = #expect(throws: Diagnostics.self) { try stage.run(Load.self, yaml, to: "t") }
    #expect(thrown?.all.map(\.message) == [fact])
    #expect(thrown?.first?.location?.file == "p.yaml")
  }

  @Test func `suggests the file of the nearest name`() throws {
    try stage.write("data/digits.csv", "x,y\n1,2\n")
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(Load.self, "{csv: data/digit.csv, target: y}", to: "t")
    }
    #expect(thrown?.notes.first?.message == "did you mean 'data/digits.csv'?")
  }

  @Test func `needs a row to train on`() throws {
    try stage.write("t.csv", "x,y\n")
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(Load.self, "{csv: t.csv, target: y}", to: "t")
    }
    #expect(thrown?.message == "there is no row to load")
    let settings = try Value(parsingJSON: #"{"csv": "t.csv", "target": "y"}"#, file: "settings")
    #expect(
      try LoadInspection(settings, in: stage.path).problems.map(\.message) == [
        "there is no row to load"
      ])
    try stage.write("t.csv", "x,y\n1\n2,3,4\n")
    let skipped = #expect(throws: Diagnostic.self) {
      try stage.run(Load.self, "{csv: t.csv, target: y, bad-rows: skip}", to: "u")
    }
    #expect(skipped?.message == "there is no row to load: all 2 are bad")
    #expect(skipped?.notes.map(\.message) == ["1 field where the header has 2"])
  }

  @Test func `reads a table as its settings say, and has that travel with the dataset`() throws {
    try stage.write(
      "t.csv", "made today\nx;born;n;y\n'1.234,5';2012-01-31;-;a\n7;2013-02-01;4;b\n")
    let dataset = try stage.run(
      Load.self,
      """
      csv: t.csv
      target: y
      quote: single
      decimal: ','
      thousands: '.'
      skip-rows: 1
      delimiter: ';'
      missing: {n: '-'}
      features: {all: {columns: [x, n]}, born: {columns: born, parts: [year, month]}}
      split: {train: 100%}
      """, to: "t")
    let numbers = dataset.numbers("all")
    #expect(numbers[0] == 1234.5 && numbers[1].isNaN && numbers[2...] == [7, 4])
    #expect(dataset.numbers("born") == [2012, 1, 2013, 2])
    let format = TableFormat(dataset.description.provenance)
    #expect(format.delimiter == UInt8(ascii: ";") && format.skippedLines == 1)
    #expect(format.missingByColumn == ["n": ["-"]])
  }

  @Test func `warns of what it finds, and of classes that nobody can learn`() throws {
    let rows = (0..<30).map { "\($0 / 3),\($0 < 10 ? "train" : "test"),\($0 < 10 ? "a" : "b")\n" }
    try stage.write("t.csv", "zip,fold,y\n00501,train,b\n" + rows.joined() + "1,test,c\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y, split: {column: fold}}", to: "t")
    #expect(
      stage.reporter.warnings.map(\.message) == [
        "'00501' in the column 'zip' starts with a zero, as codes do, and is taken for a number",
        "the class 'c' has no row to train on",
      ])
  }

  @Test func `warns of classes with fewer rows than there are splits`() throws {
    let rows = (0..<60).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    try stage.write("t.csv", "x,y\n" + rows + "1.5,rare\n")
    _ = try stage.run(Load.self, "{csv: t.csv, target: y}", to: "t")
    #expect(
      stage.reporter.warnings.map(\.message)
        == ["the class 'rare' has no row but those to train on"])
    let other = try StageRun()
    try other.write("t.csv", "x,y\n" + rows)
    _ = try other.run(Load.self, "{csv: t.csv, target: y}", to: "t")
    #expect(other.reporter.warnings == [])
  }

  @Test func `says nothing of settings that a source does not have`() throws {
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2), }\n"
    let bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0]
    try stage.write("x.npy", bytes + Array(header.utf8))
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(Load.self, "{npy: x.npy, task: none}", to: "t")
    }
    #expect(thrown?.message == "there is no row to load")
    #expect(thrown?.notes.map(\.message) == ["look whether the file is whole, and at 'sample'"])
  }

  @Test func `takes the folders of splits as they are`() throws {
    let shapes = pipelines + "/data/shapes"
    let folders = try FileManager.default.contentsOfDirectory(atPath: shapes).sorted().prefix(2)
    for (split, count) in [("train", 3), ("val", 2), ("test", 1)] {
      for kind in folders {
        let names = try FileManager.default.contentsOfDirectory(atPath: shapes + "/" + kind)
        for name in names.sorted().prefix(count) {
          let bytes = try Data(contentsOf: URL(filePath: "\(shapes)/\(kind)/\(name)"))
          try stage.write("pics/\(split)/\(kind)/\(name)", [UInt8](bytes))
        }
      }
    }
    let dataset = try stage.run(Load.self, "{images: pics, size: 8}", to: "t")
    #expect(dataset.splits.map { dataset[$0]?.rows } == [6, 4, 2])
    #expect(dataset.description.target?.classes == Array(folders))
    #expect(
      stage.reporter.metrics["remarks"]
        == ["the splits are the folders 'test', 'train' and 'val' of 'pics'"])
    let thrown = #expect(throws: Diagnostic.self) {
      try stage.run(Load.self, "{images: pics, split: {train: 80%, test: 20%}}", to: "t")
    }
    #expect(
      thrown?.message
        == "the folders 'test', 'train' and 'val' of 'pics' are splits, and 'split' would deal out "
        + "their images anew")
  }

  @Test(arguments: [
    ("'{jan,feb}.csv'", ["feb.csv", "jan.csv"]), ("'d [1].csv'", ["d [1].csv"]),
    ("'*.csv'", ["d [1].csv", "feb.csv", "jan.csv"]), ("'[jf]*.csv'", ["feb.csv", "jan.csv"]),
  ])
  func `reads the files whose content belongs to its key`(
    pattern: String, names: [String]
  ) throws {
    for name in ["jan.csv", "feb.csv", "d [1].csv", ".old.csv"] {
      try stage.write(name, "x,y\n1,0\n2,1\n")
    }
    let yaml = "{csv: \(pattern), target: y, split: {train: 100%}}"
    let dataset = try stage.run(Load.self, yaml, to: "t")
    #expect(dataset.description.provenance["files"] == .array(names.map(Value.string)))
    let settings = try Load.Settings.decode(Node(parsing: yaml, file: "p.yaml"))
    let digests = try FileDigests(cache: nil).digests(
      matching: Load.files(settings), in: stage.path)
    #expect(digests.keys.sorted() == names)
  }
}
