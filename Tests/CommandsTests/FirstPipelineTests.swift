import Foundation
import Pipeline
import Stages
import Testing
import YAML

@testable import Commands

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `A first pipeline` {
  @Test func `names the schema that is written beside it`() throws {
    let program = try Program()
    let run = try program.run("init", "work/first.yaml")
    #expect(run.status == 0)
    #expect(
      run.errors == """
        wrote work/first.yaml; check it with: anneal check work/first.yaml
        wrote work/pipeline.schema.json, by which editors check it too

        """)
    let text = try program.text("work/first.yaml")
    #expect(text.hasPrefix("# yaml-language-server: $schema=pipeline.schema.json\n"))
    let schema = try program.text("work/pipeline.schema.json")
    #expect(schema == PipelineSchema.document(for: .standard).prettyJSON + "\n")
    #expect(try program.run("schema").output == schema)
  }

  @Test func `leaves a file of the schema's name as it is`() throws {
    let program = try Program()
    try program.write("mine", to: "pipeline.schema.json")
    let run = try program.run("init")
    #expect(run.status == 0)
    #expect(run.errors == "wrote pipeline.yaml; check it with: anneal check pipeline.yaml\n")
    #expect(try program.text("pipeline.schema.json") == "mine")
  }

  @Test(.enabled(if: SchemaValidator.isThere))
  func `is right by the schema`() throws {
    var validator = SchemaValidator()
    let text = FirstPipeline(file: "a.yaml", target: "kind").text
    try validator.add(text, as: "first")
    #expect(try validator.problems() == ["first": []])
  }
}

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `A first pipeline of files` {
  /// A table with all that tables have: ids, holes, decimal commas, dates, names, a last column to predict.
  private static var table: String {
    let rows = (0..<60).map { row in
      let width = row % 9 == 4 ? "?" : "\(row % 7),\(row % 5)"
      return "\(700 + row);2024-01-\(row % 19 + 10);\(width);\(row % 3),5;Name \(row * 7);1;"
        + (row % 2 == 0 ? "even" : "odd")
    }
    return (["id;day;width;height;called;unit;kind"] + rows).joined(separator: "\n") + "\n"
  }

  /// The settings of the loading stage that a pipeline was given.
  private func load(_ program: Program, _ file: String = "pipeline.yaml") throws -> Value {
    let node = try Node(parsing: try program.text(file), file: file)
    return try #require(node["stages"]?["rows"]?["load"]).value
  }

  @Test func `says of a table how it is written and what tells nothing`() throws {
    let program = try Program()
    try program.write(Self.table, to: "data/a b.csv")
    let run = try program.run("init", "work/p.yaml", "--csv", "data/a b.csv")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try load(program, "work/p.yaml") == [
        "csv": "../data/a b.csv", "target": "kind", "decimal": ",", "missing": ["?"],
        "columns": ["!id", "!called", "!unit"],
        "split": ["train": "70%", "validation": "15%", "test": "15%", "stratify": true],
      ])
    for remark in [
      "it predicts 'kind', the last column that may be meant; --target names another",
      "it leaves out 'id', which numbers the rows",
      "it leaves out 'called', which is another text in most rows",
      "it leaves out 'unit', which is the same in every row",
    ] {
      #expect(run.errors.contains("  \(remark)\n"), "\(run.errors)")
    }
    let check = try program.run("check", "work/p.yaml", "--data")
    #expect(check.status == 0 && !check.errors.contains("warning"), "\(check.errors)")
  }

  @Test func `takes the column that is named, or one of a usual name`() throws {
    let program = try Program()
    try program.write("y,a,b\n0.5,1,2\n0.25,3,4\n0.125,5,5\n0.25,1,7\n", to: "t.csv")
    #expect(try program.run("init", "--csv", "t.csv").status == 0)
    #expect(try load(program)["target"] == "y")
    #expect(try load(program)["split"]?["stratify"] == nil)
    #expect(try program.run("init", "p.yaml", "--csv", "t.csv", "--target", "b").status == 0)
    #expect(try load(program, "p.yaml")["target"] == "b")
    try program.write("5.1,3.5,setosa\n4.9,3.0,setosa\n6.2,2.9,other\n", to: "bare.csv")
    #expect(try program.run("init", "bare.yaml", "--csv", "bare.csv").status == 0)
    #expect(try load(program, "bare.yaml")["header"] == false)
    #expect(try load(program, "bare.yaml")["target"] == "column_3")
  }

  @Test func `reads a folder for each class`() throws {
    let program = try Program()
    for index in 0..<6 {
      try program.writeImage(to: "shapes/a/\(index).png", grey: UInt8(index))
      try program.writeImage(to: "shapes/b/\(index).png", grey: UInt8(200 + index))
    }
    let run = try program.run("init", "--images", "shapes")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try load(program) == [
        "images": "shapes",
        "split": ["train": "70%", "validation": "15%", "test": "15%", "stratify": true],
      ])
    #expect(run.errors.contains("it tells 2 classes apart"))
    let check = try program.run("check")
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test(arguments: [
    (["--csv", "t.csv", "--target", "knid"], "did you mean 'kind'?"),
    (["--csv", "none.csv"], "there is no file 'none.csv'"),
    (["--csv", "t.csv", "--images", "."], "contradict each other"),
    (["--images", "."], "there is no image file below '.'"),
    (["--images", ".", "--target", "kind"], "images are predicted by their folder"),
  ])
  func `is not written where that cannot be`(words: [String], reason: String) throws {
    let program = try Program()
    try program.write("kind,a\nx,1\ny,2\n", to: "t.csv")
    let run = try program.run(["init"] + words)
    #expect(run.status == 2)
    #expect(run.errors.contains(reason), "\(run.errors)")
    #expect(!program.exists("pipeline.yaml"))
  }
}

/// What is proposed for each kind of files is right by a look at the data, and trains.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)))
struct `A first pipeline of any files` {
  /// A second of a tone as a WAV file of 8,000 samples of 16 bits.
  private static func tone(_ frequency: Double) -> [UInt8] {
    let samples = (0..<800).flatMap { index -> [UInt8] in
      let value = Int16(9000 * sin(2 * .pi * frequency * Double(index) / 8000))
      return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    func word(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 255) } }
    return Array("RIFF".utf8) + word(36 + samples.count) + Array("WAVEfmt ".utf8) + word(16)
      + [1, 0, 1, 0] + word(8000) + word(16_000) + [2, 0, 16, 0] + Array("data".utf8)
      + word(samples.count) + samples
  }

  private func write(_ bytes: [UInt8], to name: String, in program: Program) throws {
    let url = URL(filePath: program.folder + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  /// Files of a kind, with what the loading stage is to say of them.
  private enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case times, sentences, documents, labels, sounds, photos, splits, encoded
    var testDescription: String { rawValue }
  }

  private func write(_ kind: Kind, in program: Program) throws -> (data: String, load: Value) {
    let stratified: Value = ["train": "70%", "validation": "15%", "test": "15%", "stratify": true]
    let dealt: Value = ["train": "70%", "validation": "15%", "test": "15%"]
    let words = ["good", "fine", "nice", "bad", "poor", "dull"]
    func sentence(_ row: Int) -> String {
      "the film number \(row) is \(words[row % 2 * 3 + row % 3]) I say"
    }
    func table(_ header: String, _ row: (Int) -> String) -> String {
      header + "\n" + (0..<60).map { row($0) + "\n" }.joined()
    }
    switch kind {
    case .times:
      try program.write(
        table("id\tday\tat\tspeed\tlate") { row in
          "\(row)\t2024-0\(row % 9 + 1)-1\(row % 9)\t\(10 + row % 12):15\t\(row % 7).5\t\(row % 12 > 5 ? "yes" : "no")"
        }, to: "t.tsv")
      return (
        "t.tsv", ["csv": "t.tsv", "target": "late", "columns": ["!id"], "split": stratified]
      )
    case .sentences:
      try program.write(
        table("review,verdict") { "\(sentence($0)),\($0 % 2 == 0 ? "up" : "down")" }, to: "t.csv")
      return (
        "t.csv",
        ["csv": "t.csv", "target": "verdict", "kinds": ["review": "text"], "split": stratified]
      )
    case .documents:
      for row in 0..<24 {
        try program.write(sentence(row), to: "texts/\(row % 2 == 0 ? "up" : "down")/\(row).txt")
      }
      return ("texts", ["text": "texts", "length": 16, "split": stratified])
    case .labels:
      try program.write(
        (0..<60).map { row in
          "{\"x\": \(row % 7).5, \"tags\": [\(["\"a\"", "\"b\"", "\"a\", \"b\""][row % 3])]}\n"
        }.joined(), to: "t.jsonl")
      return ("t.jsonl", ["jsonl": "t.jsonl", "target": "tags", "split": dealt])
    case .sounds:
      for row in 0..<24 {
        try write(
          Self.tone(row % 2 == 0 ? 300 + Double(row) : 1500 + Double(row)),
          to: "sounds/\(row % 2 == 0 ? "low" : "high")/\(row).wav", in: program)
      }
      return ("sounds", ["audio": "sounds", "rate": 8000, "split": stratified])
    case .photos:
      for row in 0..<60 {
        try program.writeImage(to: "shop/photos/\(row).png", grey: UInt8(row % 2 * 100 + row))
      }
      try program.write(
        table("photo;price;weight;kind") { row in
          "\(row).png;1.2\(10 + row),50 €;\(row % 9),5;\(row % 2 == 0 ? "shoe" : "hat")"
        }, to: "shop/items.csv")
      return (
        "shop",
        [
          "csv": "shop/items.csv", "target": "kind", "decimal": ",",
          "features": [
            "photo": ["columns": "photo", "kind": "image", "root": "shop/photos", "size": 8],
            "numbers": ["weight"],
          ],
          "split": stratified,
        ]
      )
    case .splits:
      for name in ["train", "test"] {
        try program.write(
          table("x,y") { "\($0 % 7).5,\($0 % 2 == 0 ? "a" : "b")" }, to: "parts/\(name).csv")
      }
      return ("parts", ["csv": ["parts/test.csv", "parts/train.csv"], "target": "y"])
    case .encoded:
      let text = table("größe,typ") { "\($0 % 7).5,\($0 % 2 == 0 ? "süß" : "herb")" }
      try write(text.unicodeScalars.map { UInt8($0.value) }, to: "t.csv", in: program)
      return (
        "t.csv", ["csv": "t.csv", "target": "typ", "encoding": "windows-1252", "split": stratified]
      )
    }
  }

  @Test(arguments: Kind.allCases)
  private func `checks and trains`(kind: Kind) throws {
    let program = try Program()
    let (data, load) = try write(kind, in: program)
    let run = try program.run("init", "p.yaml", "--data", data)
    #expect(run.status == 0, "\(run.errors)")
    let node = try Node(parsing: try program.text("p.yaml"), file: "p.yaml")
    #expect(try #require(node["stages"]?["rows"]?["load"]).value == load)
    let check = try program.run("check", "p.yaml", "--data")
    #expect(check.status == 0 && !check.errors.contains("error"), "\(check.errors)")
    let trained = try program.run("run", "p.yaml", "model", "--set", "stages.model.train.epochs=1")
    #expect(trained.status == 0, "\(trained.errors)")
    if kind == .photos {
      #expect(run.errors.contains("leaves out 'price', which has numbers with a sign of money"))
    }
  }

  @Test(arguments: [
    ("a.txt", "x y", "'a.txt' may be a table or a text"),
    ("a.bin", "\u{1}\u{2}", "'a.bin' is no file that is known by its name or its first bytes"),
    ("a.pdf", "%PDF-1", "'a.pdf' is a PDF document"),
  ])
  func `is not written for what nothing tells of`(
    name: String, content: String, reason: String
  ) throws {
    let program = try Program()
    try program.write(content, to: name)
    let run = try program.run("init", "--data", name)
    #expect(run.status == 2 && run.errors.contains(reason), "\(run.errors)")
    #expect(!program.exists("pipeline.yaml"))
  }
}
