import Foundation
import Testing
import YAML

/// A deployment's measurements never come out alike, and everything has to go on working all the same.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: Program.path)), .serialized)
struct `A deployment made again elsewhere` {
  private static let pipeline = """
    pipeline: p
    seed: 5
    stages:
      rows:
        load: {csv: rows.csv, target: label, split: {train: 70%, validation: 15%, test: 15%}}
      model:
        from: rows
        train: {model: {mlp: {hidden: [8]}}, epochs: 2}
      shipped:
        from: model
        accelerate: {budget: 1s, export: [onnx, openvino]}
      files:
        from: shipped
        command: {run: "ls $ANNEAL_INPUT_SHIPPED > files.txt", outputs: [files.txt]}
    """

  private static func program() throws -> Program {
    let program = try Program()
    let rows = (0..<120).map { row in
      "\(row * 37 % 101),\(row % 2 * 60 + row * 13 % 29),\(row % 2 == 0 ? "even" : "odd")"
    }
    try program.write((["x,y,label"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    try program.write(pipeline, to: "p.yaml")
    return program
  }

  @Test func `is verified, shown and asked`() throws {
    let first = try Self.program()
    let ran = try first.run("run", "p.yaml")
    #expect(ran.status == 0, "\(ran.errors)")
    let verified = try first.json(["verify", "p.yaml", "--json"])
    #expect(verified["verified"] == true, "\(verified)")
    let outcomes = verified["stages"]?.array?.map { $0["outcome"]?.string ?? "" }
    // What reads the deployment has the one that is locked to read from.
    #expect(outcomes == ["same", "same", "measured", "same"])
    let compared = verified["stages"]?[2]?["remarks"]?[0]?.string ?? ""
    // On a busy machine another way may be the fastest for once, and then the files follow from that.
    #expect(
      compared.contains("model.onnx") && compared.contains("model.xml")
        || compared.hasPrefix("it measured another way"), "\(compared)")

    try exportsModel(of: first)

    let second = try Self.program()
    try second.write(try first.text("p.lock.yaml"), to: "p.lock.yaml")
    let locked = try second.run("run", "p.yaml", "--locked")
    #expect(locked.status == 0, "\(locked.errors)")
    let lock = try second.text("p.lock.yaml")
    #expect(try lock == first.text("p.lock.yaml"))

    let shown = try second.json(["show", "p.yaml", "--json"])
    #expect(shown.array?.count == 4)
    let deployment = try #require(shown[2]?["artifact"]?.string)
    #expect(second.exists(deployment + "/deployment.json"))
    let own = try Value(
      parsingJSON: Array(try second.text(deployment + "/metrics.json").utf8), file: "metrics.json")
    #expect(shown[2]?["metrics"]?["run"]?["median-ms"] == own["run"]?["median-ms"])
    for word in ["p.yaml", "p.yaml:shipped"] {
      let answers = try second.run("predict", word, "rows.csv", "--limit", "1", "--json")
      #expect(answers.status == 0, "\(answers.errors)")
    }

    // The locked deployment is not here, and cannot be made again.
    let again = try second.json(["verify", "p.yaml", "files", "--json"])
    let files = again["stages"]?.array?.last
    #expect(files?["outcome"] == "unchecked")
    #expect(
      files?["facts"]?[0]?.string?.hasPrefix("its input 'shipped' holds times, which never") == true
    )

    // What was made is found although the stage would come out otherwise now.
    try second.write(Self.pipeline.replacing("budget: 1s", with: "budget: 2s"), to: "p.yaml")
    #expect(try second.run("predict", "p.yaml", "rows.csv", "--limit", "1").status == 0)
  }

  /// The ending of the name says what is written.
  private func exportsModel(of program: Program) throws {
    let written = try program.run("export", "last", "model.onnx")
    #expect(written.status == 0, "\(written.errors)")
    let shown = try program.json(["show", "last", "shipped", "--json"])
    let metrics = try #require(shown["stages"]?[0]?["metrics"])
    let bytes = FileManager.default.contents(atPath: program.folder + "/model.onnx") ?? Data()
    // The first field of the model is the version of the format.
    #expect(bytes.first == 0x08)
    #expect(metrics["files"]?["model.onnx"] == .int(bytes.count))
    #expect(try #require(metrics["speedup-measured"]?["processes"]?.int) != 1)
    for (words, message) in [
      (["last", "model.onnx"], "'model.onnx' is there already"),
      (["last", "model.pt"], "'model.pt' ends neither in .tar nor in .onnx"),
      (["last", "other.onnx", "--stage", "model"], "has no deployment of a stage 'model'"),
      (["last", "run.tar", "--stage", "shipped"], "an archive holds all stages of a run"),
    ] {
      let refused = try program.run(["export"] + words)
      #expect(refused.status != 0)
      #expect(refused.errors.contains(message), "\(refused.errors)")
    }
    #expect(!program.exists("model.pt") && !program.exists("other.onnx"))
  }

  @Test func `is missed with the line that makes it`() throws {
    let program = try Self.program()
    let never = try program.run("predict", "p.yaml", "rows.csv", "--set", "seed=6", "-p", "no")
    #expect(never.status == 2)
    #expect(never.errors.contains("there is no profile 'no'"))
    let unmade = try program.run(
      "predict", "p.yaml", "rows.csv", "--set", "stages.model.describe=b c")
    #expect(unmade.status == 1)
    #expect(
      unmade.errors == """
        error: 'p.yaml' has not run yet
        note: run it: anneal run p.yaml --set 'stages.model.describe=b c'

        """)
    _ = try program.run("run", "p.yaml", "rows")
    let partly = try program.run("predict", "p.yaml", "rows.csv")
    #expect(partly.status == 1)
    #expect(partly.errors.contains("'p.yaml' has left no deployment yet"))
    let misspelt = try program.run("predict", "p.yaml:shiped", "rows.csv")
    #expect(misspelt.status == 2)
    #expect(misspelt.errors.contains("note: did you mean 'shipped'?"))
    let other = try program.run("show", "p.yaml", "rows", "--set", "seed=6")
    #expect(other.status == 1)
    #expect(other.errors.contains("run it: anneal run p.yaml --set seed=6"))
  }
}
