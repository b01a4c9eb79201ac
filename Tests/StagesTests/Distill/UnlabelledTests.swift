import Diagnostics
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Rows without labels: `from: {unlabelled: …}`.
struct `Unlabelled rows` {
  /// 20 rows with labels of two classes, 400 without, and 200 to be tested on, all of x + y > 0.
  private func stages(_ pool: String = "x,y", more: String = "") throws -> StageRun {
    let stage = try StageRun()
    var stream = RandomStream(seed: 3)
    func rows(_ count: Int, _ row: (Double, Double) -> String) -> String {
      (0..<count).map { _ in
        row(stream.normal(deviation: 1), stream.normal(deviation: 1)) + "\n"
      }.joined()
    }
    func labelled(_ split: String) -> (Double, Double) -> String {
      { "\($0),\($1),\($0 + $1 > 0 ? "p" : "n"),\(split)" }
    }
    try stage.write(
      "l.csv", "x,y,t,split\n" + rows(20, labelled("train")) + rows(200, labelled("test")))
    try stage.write(
      "m.csv", "x,y,t,split\n" + rows(400, labelled("train")) + rows(20, labelled("test")))
    try stage.write("u.csv", pool + "\n" + rows(400) { "\($0),\($1)" })
    for (file, name) in [("l", "few"), ("m", "many")] {
      _ = try stage.run(
        Load.self, "{csv: \(file).csv, target: t, split: {column: split}}", to: name)
    }
    _ = try stage.run(
      Load.self, "{csv: u.csv, task: none, split: {train: 100%}\(more)}", to: "pool")
    return stage
  }

  @Test func `teach by what the teacher says of them`() throws {
    let stage = try stages()
    let recipe = "epochs: 60, batch: 32, schedule: {one-cycle: {peak: 0.02}}"
    try stage.run(
      Train.self, "{model: {mlp: {hidden: [32]}}, \(recipe)}", to: "teacher", ["data": "many"])
    func accuracy(_ inputs: [String: String]) throws -> Double {
      try stage.run(
        Distill.self, "{student: {mlp: {hidden: [8]}}, \(recipe)}",
        to: "student of \(inputs.count)",
        inputs.merging(["teacher": "teacher", "data": "few"]) { first, _ in first })
      return try #require(stage.reporter.metrics["test"]?["accuracy"]?.double)
    }
    let alone = try accuracy([:])
    let together = try accuracy(["unlabelled": "pool"])
    #expect(together > alone)
    #expect(together > 0.96)
    #expect(stage.reporter.metrics["labelled"] == 20)
    #expect(stage.reporter.metrics["unlabelled"] == 400)
  }

  @Test func `go through the steps of those with labels`() throws {
    let stage = try stages()
    _ = try stage.run(Normalize.self, "z-score", to: "scaled", from: "few")
    let few = try Dataset(opening: stage.path + "/scaled")
    let pool = try Dataset(opening: stage.path + "/pool")
    let joined = try few.adding(unlabelled: [("pool", pool)])
    let reader = try #require(joined[.train])
    #expect(reader.rows == 420)
    #expect(reader.labelled == 20)
    #expect(joined.description.steps.count == 1)
    let batch = try reader.gather([0, 21, 19, 20])
    #expect(batch.labelled == [0, 2])
    #expect(batch.rows == [0, -2, 19, -1])
    #expect(batch.target?.shape == [4])
    let own = try #require(batch.inputs["numbers"]).array(Float.self)
    let unlabelled = try #require(pool[.train])
    let other = try #require(try unlabelled.gather([1]).inputs["numbers"])
    #expect(Array(own[2..<4]) == (try other.array(Float.self)))
    #expect(few.description.name(of: -2) == "row 2 of the unlabelled rows")
  }

  @Test(arguments: [
    (
      "a,y", "",
      "'numbers' is made of other columns, texts or parts in the unlabelled rows of stage 'pool'"
    ),
    (
      "x,y", ", features: {other: {columns: [x, y]}}",
      "the unlabelled rows of stage 'pool' lack the feature 'numbers'"
    ),
  ])
  func `of other features are refused`(pool: String, more: String, fact: String) throws {
    let stage = try stages(pool, more: more)
    let few = try Dataset(opening: stage.path + "/few")
    let thrown = #expect(throws: Diagnostic.self) {
      try few.adding(unlabelled: [("pool", Dataset(opening: stage.path + "/pool"))])
    }
    #expect(thrown?.message.hasPrefix(fact) == true)
  }

  @Test func `that were scaled by their own values are refused`() throws {
    let stage = try stages()
    _ = try stage.run(Normalize.self, "z-score", to: "scaled", from: "few")
    _ = try stage.run(Normalize.self, "z-score", to: "own", from: "pool")
    let few = try Dataset(opening: stage.path + "/scaled")
    let thrown = #expect(throws: Diagnostic.self) {
      try few.adding(unlabelled: [("own", Dataset(opening: stage.path + "/own"))])
    }
    #expect(
      thrown?.message
        == "the unlabelled rows of stage 'own' go through other steps than those with labels")
  }

  @Test func `are not mixed`() throws {
    let stage = try stages()
    _ = try stage.run(Augment.self, "[mixup: {}]", to: "mixed", from: "few")
    let few = try Dataset(opening: stage.path + "/mixed")
    let thrown = #expect(throws: Diagnostic.self) {
      try few.adding(unlabelled: [("pool", Dataset(opening: stage.path + "/pool"))])
    }
    #expect(thrown?.message.hasPrefix("rows without a label cannot be mixed") == true)
  }

  /// Only `from` under that name opens the role: another dataset in a list is no unlabelled one.
  @Test func `are named`() throws {
    func problems(_ from: String) throws -> [String] {
      try Scratch.problems(
        in: """
          pipeline: p
          stages:
            data: {load: {csv: t.csv, target: t}}
            pool: {load: {csv: u.csv, task: none}}
            teacher: {from: data, train: {model: linear}}
            last: {from: \(from), distill: {student: linear}}
          """, ["t.csv": "a,t\n1,x\n2,y\n", "u.csv": "a\n1\n2\n"])
    }
    #expect(try problems("{teacher: teacher, data: data, unlabelled: pool}") == [])
    #expect(try problems("{teacher: teacher, unlabelled: [pool]}") == [])
    #expect(
      try problems("[teacher, data, pool]") == [
        "'distill' takes a dataset as 'data' and no second one"
      ]
    )
  }
}
