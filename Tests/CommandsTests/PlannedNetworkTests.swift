import Foundation
import Testing
import YAML

/// What `plan` says of the networks that stages are going to make.
struct `Planned networks` {
  private static let table =
    "height,width,species\n"
    + (1...40).map { "\($0),\(40 - $0),\($0 % 2 == 0 ? "cat" : "dog")\n" }.joined()

  private func pipeline(_ layers: String) -> String {
    """
    pipeline: p
    stages:
      rows: {load: {csv: d.csv, target: species}}
      even: {from: rows, normalize: min-max}
      net:
        from: even
        train:
          model:
            layers:
              - linear: 8
              - activation: relu
              - \(layers)
    """
  }

  @Test func `are known in size once the rows are there`() throws {
    let program = try Program()
    try program.write(Self.table, to: "d.csv")
    try program.write(pipeline("{name: last, linear: 2}"), to: "p.yaml")
    func network() throws -> Value? {
      try program.json(["plan", "p.yaml", "--json"])["stages"]?.array?
        .first { $0["stage"] == "net" }?["network"]
    }
    #expect(try network()?["value"] == .null)
    #expect(
      try network()?["reason"] == "it follows from the rows of 'rows', which has not run yet")
    #expect(try program.run("run", "p.yaml", "rows").status == 0)
    // Normalising keeps shapes, so that it need not have run.
    let known = try #require(try network())
    #expect(known["value"]?["parameters"] == 42)
    #expect(known["value"]?["multiply-accumulates"] == 32)
    #expect(known["reason"] == "32 multiply-accumulates for each row of 'rows'")
    #expect(
      known["value"]?["chosen"] == [
        "batch": "16", "epochs": "1000", "ema": "0.99", "keep": "best", "evaluate-every": "5",
        "optimizer": "adamw with a learning rate of 0.01 and a weight decay of 1.0",
      ])
    let text = try program.run("plan", "p.yaml").output
    #expect(
      text.contains(
        "network of 42 parameters: 32 multiply-accumulates for each row of 'rows' (net)"),
      "\(text)")
    #expect(
      text.contains(
        "epochs 1000: with 2 steps each they come to 2000 steps, where 4000 are wanted"),
      "\(text)")
  }

  @Test func `that do not fit the rows are refused at their place`() throws {
    let program = try Program()
    try program.write(Self.table, to: "d.csv")
    try program.write(pipeline("{name: last, linear: 3}"), to: "p.yaml")
    #expect(try program.run("run", "p.yaml", "rows").status == 0)
    let plan = try program.run("plan", "p.yaml")
    #expect(plan.status == 2)
    let fact =
      "p.yaml:12:13: error: layer 3 'last' (linear) is the last and gives the shape [3], but the target "
      + "needs [2]"
    #expect(plan.errors.contains(fact), "\(plan.errors)")
    let run = try program.run("run", "p.yaml")
    #expect(run.status == 1)
    #expect(run.errors.contains(fact), "\(run.errors)")
  }

  private static let choosing = """
    pipeline: p
    stages:
      rows: {load: {csv: d.csv, target: species}}
      first: {from: rows, train: {model: {mlp: {hidden: [4]}}, epochs: 1}}
      further:
        from: {model: first, data: rows}
        train: {freeze: ['hidden*'], layer-rates: {'hea*': 10}, epochs: 1}
      started:
        from: rows
        train: {model: {mlp: {hidden: [4, 4]}}, initialize: {from: first, layers: [hidden1]}, epochs: 1}
    """

  @Test func `say what each pattern of layers matches`() throws {
    let program = try Program()
    try program.write(Self.table, to: "d.csv")
    try program.write(Self.choosing, to: "p.yaml")
    let before = try program.run("plan", "p.yaml").output
    #expect(
      before.contains(
        "network unknown: it follows from the model of 'first', which has not run yet (further)"),
      "\(before)")
    let run = try program.run("run", "p.yaml", "first")
    #expect(run.status == 0, "\(run.errors)")
    let text = try program.run("plan", "p.yaml").output
    for line in [
      "freeze 'hidden*': it matches 1 layer with 12 parameters (further)",
      "layer-rates 'hea*': it matches 1 layer with 10 parameters (further)",
      "initialize 'hidden1': it matches 1 layer with 12 parameters (started)",
    ] {
      #expect(text.contains(line), "\(text)")
    }
    // 'started' reads from 'first' too, because it starts with its parameters.
    let all = try program.run("run", "p.yaml")
    #expect(all.status == 0, "\(all.errors)")
    try program.write(
      Self.choosing.replacingOccurrences(of: "'hea*'", with: "tail"), to: "p.yaml")
    let wrong = try program.run("plan", "p.yaml")
    #expect(wrong.status == 2)
    #expect(
      wrong.errors.contains(
        "p.yaml:7:47: error: no layer to train at a rate of its own matches 'tail'"),
      "\(wrong.errors)")
    #expect(wrong.errors.contains("the layers are hidden1, head"), "\(wrong.errors)")
  }

  @Test func `are looked through for a stage that is named to start from`() throws {
    let program = try Program()
    try program.write(Self.table, to: "d.csv")
    try program.write(
      Self.choosing.replacingOccurrences(of: "from: first, layers", with: "from: frist, layers"),
      to: "p.yaml")
    let check = try program.run("check", "p.yaml")
    #expect(check.status == 2)
    #expect(
      check.errors.contains("p.yaml:10:") && check.errors.contains("'frist'"), "\(check.errors)")
  }
}
