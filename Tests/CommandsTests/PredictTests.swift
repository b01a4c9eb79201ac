import Foundation
import Testing
import YAML

@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `New rows` {
  private static let pipeline = """
    pipeline: p
    seed: 5
    stages:
      rows: {load: {csv: rows.csv, target: label, features: {n: {columns: [x, y]}}}}
      model: {from: rows, train: {model: linear, epochs: 20, batch: 8, optimizer: {adamw: {learning-rate: 0.05}}}}
      shipped: {from: model, accelerate: {budget: 1s, export: []}}
    """

  private static func program() throws -> Program {
    let program = try Program()
    let rows = (0..<120).map { row in
      "\(1000 + row),\(Double(row * 37 % 101) / 50 - 1),\(row % 2 * 2 - 1),\(row % 2 == 0 ? "even" : "odd")"
    }
    try program.write((["id,x,y,label"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    try program.write(pipeline, to: "p.yaml")
    return program
  }

  @Test func `are answered, told where they cannot be, and held against what is right`() throws {
    let program = try Self.program()
    try program.write(
      "id,y,x\n7,1,0.5\n8,,0.5\n\"9,9\",-1,inf\n10,-1,x\n11,-1,0.25\n", to: "new.csv")
    // Engines deal with what is no number each in its own way, and none of them gets it.
    for engine in ["libtorch", "openvino"] {
      let set = ["--set", "stages.shipped.accelerate.engines=[\(engine)]"]
      let ran = try program.run(["run"] + set)
      #expect(ran.status == 0, "\(ran.errors)")
      let answered = try program.run(["predict", "new.csv", "--keep", "id", "-o", "out.csv"] + set)
      #expect(answered.status == 1)
      let lines = try program.text("out.csv").split(separator: "\n")
      #expect(lines[0] == "id,prediction,probability")
      #expect(lines[1].hasPrefix("7,odd,0."))
      #expect(lines[2...4] == ["8,,", "\"9,9\",,", "10,,"])
      #expect(lines[5].hasPrefix("11,even,0."))
      let errors = answered.errors.split(separator: "\n").filter { $0.contains("error: ") }
      #expect(
        errors == [
          "new.csv:3:1: error: row 2: the column 'y' has no value",
          "new.csv:4:1: error: row 3: 'inf' in the column 'x' is not a finite number",
          "new.csv:5:1: error: row 4: 'x' in the column 'x' is not a number",
        ])
    }
    _ = try program.run("run")
    try checkInputs(program)
    try checkScores(program)
    try checkMistakes(program)
  }

  private func checkInputs(_ program: Program) throws {
    let table = "id,x,y\n1,0.5,1\n2,0.5,-1\n"
    let piped = try program.run(["predict", "-", "--json"], input: table)
    #expect(piped.status == 0, "\(piped.errors)")
    let answers = try Value(parsingJSON: piped.output)
    #expect(answers.array?.map { $0["prediction"] } == ["odd", "even"])
    try program.write(table, to: "one.csv")
    try program.write("id,x,y\n3,0,1\n", to: "two.csv")
    for words in [["p.yaml", "one.csv", "two.csv"], ["shipped", "one.csv", "two.csv"]] {
      let both = try program.json(["predict"] + words + ["--format", "json"])
      #expect(both.array?.map { $0["file"] } == ["one.csv", "one.csv", "two.csv"])
      #expect(both.array?.map { $0["row"] } == [1, 2, 1])
    }
    try program.write("id,x,y\n4,0.5,1\n", to: "tables/one.csv")
    try program.write("id,x,y\n5,0.5,-1\n", to: "tables/deep/two.CSV")
    let folder = try program.json(["predict", "tables", "--json", "--keep", "id"])
    #expect(folder.array?.map { $0["file"] } == ["tables/deep/two.CSV", "tables/one.csv"])
    #expect(folder.array?.map { $0["prediction"] } == ["even", "odd"])
    // Without the first row, with and without the target.
    for rows in ["6,0.5,1\n7,0.5,-1\n", "6,0.5,1,odd\n7,0.5,-1,even\n"] {
      let bare = try program.run(["predict", "-", "--json"], input: rows)
      #expect(bare.status == 0, "\(bare.errors)")
      let answers = try Value(parsingJSON: bare.output)
      #expect(answers.array?.map { $0["prediction"] } == ["odd", "even"])
      #expect(bare.errors.contains("warning: 'stdin' has no header"))
    }
    let misnamed = try program.run(["predict", "-"], input: "id,x,z\n6,0.5,1\n")
    #expect(misnamed.status == 2 || misnamed.status == 1)
    #expect(misnamed.errors.contains("there is no column 'y' for 'n'"), "\(misnamed.errors)")
    let lines = try program.run(
      "predict", "p.yaml:shipped", "one.csv", "-f", "jsonl", "--limit", "1")
    #expect(try Value(parsingJSON: lines.output)["columns"] == ["id": "1", "x": "0.5", "y": "1"])
  }

  private func checkScores(_ program: Program) throws {
    let scored = try program.json(["predict", "p.yaml", "rows.csv", "--score", "--json"])
    #expect(scored["rows"] == 120)
    #expect(scored["metrics"]?["accuracy"] == 1.0)
    let told = try program.run("predict", "rows.csv", "-o", "all.jsonl")
    #expect(told.errors.contains("held against 'label' in 120 rows: accuracy 1,"))
    #expect(told.errors.contains("wrote 120 rows to all.jsonl"))
    let none = try program.run("predict", "one.csv", "--score")
    #expect(none.status == 1 && none.errors.contains("give rows with the column 'label'"))
  }

  private func checkMistakes(_ program: Program) throws {
    for (words, message) in [
      (["p.yaml"], "INPUT is missing"), (["-", "-"], "standard input can be read once"),
      (["one.csv", "--keep", "idd"], "there is no column 'idd' to keep"),
      (["nowhere.csv"], "'nowhere.csv' cannot be read"),
      (["shiped", "one.csv"], "has no stage 'shiped'"),
    ] {
      let ending = try program.run(["predict"] + words + ["--json"])
      #expect(ending.status != 0)
      #expect(ending.errors.contains(message), "\(words): \(ending.errors)")
      // Programs get to know it too.
      let problems = try Value(parsingJSON: ending.output)["problems"]?.array
      #expect(problems?.count == 1, "\(words): \(ending.output)")
    }
    let unknown = try program.run("predict", "one.csv", "-o", "x.parquet")
    #expect(unknown.status == 2 && unknown.errors.contains("does not tell in which format"))
    let other = try program.run("predict", "one.csv", "rows.csv", "-f", "json")
    #expect(try Value(parsingJSON: other.output)["problems"]?.array?.count == 1)
    try program.write("pipeline: q\nstages: {a: {comand: 1}}\n", to: "q.yaml")
    let wrong = try program.json(["predict", "q.yaml", "one.csv", "--json"])
    #expect(wrong["problems"]?[0]?["place"]?["line"] == 2)
  }

  @Test func `may be folders of images, whose names tell their classes`() throws {
    let program = try Program()
    for (name, level) in [("dark", 20), ("light", 230)] {
      for number in 0..<20 {
        try program.writeImage(to: "train/\(name)/\(number).png", grey: UInt8(level + number % 5))
      }
      try program.writeImage(to: "new/\(name)/1.png", grey: UInt8(level))
    }
    try program.write("no image", to: "new/light/2.png")
    try program.write("a word", to: "new/notes.txt")
    try program.write(
      """
      pipeline: p
      stages:
        rows: {load: {images: train, color: grey}}
        model: {from: rows, train: {model: {cnn: {channels: [4]}}, epochs: 4, batch: 4}}
        shipped: {from: model, accelerate: {budget: 1s, export: []}}
      """, to: "p.yaml")
    let ran = try program.run("run")
    #expect(ran.status == 0, "\(ran.errors)")
    let answered = try program.run("predict", "new", "-f", "csv")
    #expect(answered.status == 1)
    let lines = answered.output.split(separator: "\n")
    #expect(lines[0] == "file,label,prediction,probability")
    #expect(
      lines.dropFirst().map { $0.split(separator: ",")[0] } == [
        "new/dark/1.png", "new/light/1.png", "new/light/2.png",
      ])
    #expect(answered.errors.contains("new/light/2.png"))
    #expect(answered.errors.contains("held against 'label' in 2 rows: "))
    let empty = try program.run("predict", "p.yaml", "new/none")
    #expect(empty.status == 1)
  }
}
