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
    #expect(
      try network() == [
        "value": ["parameters": 42, "multiply-accumulates": 32],
        "reason": "32 multiply-accumulates for each row of 'rows'",
      ])
    let text = try program.run("plan", "p.yaml").output
    #expect(
      text.contains(
        "network of 42 parameters: 32 multiply-accumulates for each row of 'rows' (net)"),
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
}
