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
