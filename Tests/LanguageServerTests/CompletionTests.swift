import Foundation
import RunningSupport
import Testing
import YAML

@testable import LanguageServer

@Suite struct `Completion` {
  private static let start = """
    pipeline: p
    env: [HOME]
    vars:
      epochs: 3
      sizes: {small: 8, large: 64}
    stages:
      rows:
        load: {csv: a.csv, target: t}
      tidy:
        from: rows
        clean: [duplicates: drop]

    """

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let offers: [String]
    let omits: [String]

    init(_ text: String, offers: [String] = [], omits: [String] = []) {
      self.text = text
      self.offers = offers
      self.omits = omits
    }

    var testDescription: String { text }
  }

  private static let keys = [
    Case("se¦", offers: ["seed", "include", "profiles"], omits: ["pipeline", "vars", "stages"]),
    Case("  model:\n    ¦", offers: ["from", "train", "device"], omits: ["model", "seed"]),
    Case("  model:\n    fr¦\n    train: {}", offers: ["from", "when"], omits: ["train", "load"]),
    Case(
      "  model:\n    train:\n      ¦\n      epochs: 3", offers: ["batch", "optimizer", "model"],
      omits: ["epochs", "from"]),
    Case("  model:\n    train: {epochs: 3, ¦}", offers: ["batch", "model"], omits: ["epochs"]),
    Case("  model:\n    train: {epochs: 3, ¦", offers: ["batch"], omits: ["epochs"]),
    Case("  model:\n    train:\n      model: {mlp: {hid¦", offers: ["hidden"], omits: ["width"]),
    Case(
      "  model:\n    train:\n      model:\n        mlp:\n          ¦", offers: ["hidden"],
      omits: ["mlp"]),
    Case("  model:\n    train:\n      model:\n        ¦", offers: ["mlp", "resnet"]),
    Case("  more:\n    clean:\n      - ¦", offers: ["missing", "duplicates"]),
    Case("  more:\n    clean:\n    - missing:\n        ¦", offers: ["fill", "columns"]),
    Case("  more:\n    from: {¦", offers: ["stage", "pick"]),
    Case("  more:\n    from:\n      pick: {¦", offers: ["max", "min"], omits: ["stage"]),
    Case("  more:\n    matrix: {a: [1], ¦}", offers: ["exclude", "include"]),
    Case(
      "  more:\n    matrix: {a: [1], b: [2], exclude: [{a: 1, ¦", offers: ["b"], omits: ["a"]),
    Case("profiles:\n  quick:\n    ¦", offers: ["vars.epochs", "stages.rows", "seed"]),
    Case("env: [{name: HOME, ¦", offers: ["secret"]),
    Case("search:\n  best:\n    ¦", offers: ["maximize", "over", "method", "trials"]),
    Case(
      "search:\n  best:\n    over:\n      ¦",
      offers: ["vars.epochs", "stages.rows.load.csv", "stages.tidy.clean"]),
    Case(
      "search:\n  best:\n    over:\n      vars.epochs: {fr¦", offers: ["from", "to", "log", "when"]),
    Case(
      "search:\n  best:\n    over:\n      vars.epochs: [1]\n      seed:\n        when: {¦",
      offers: ["vars.epochs"], omits: ["seed"]),
    Case("search:\n  best:\n    method: {asha: {¦", offers: ["first", "factor", "watch"]),
    Case("  more:\n    command:\n      run: x\n      ¦", offers: ["metrics", "outputs"]),
    Case("  more:\n    ¦\n    command: {run: x}", offers: ["always"]),
    Case(
      "  more:\n    command:\n      outputs:\n        - path: a\n          ¦",
      offers: ["optional", "keep", "temporary"], omits: ["path"]),
    Case("# comment ¦", omits: ["seed"]),
    Case("  model: # comment ¦", omits: ["train"]),
  ]

  private static let values = [
    Case("numerics: ¦", offers: ["native", "portable"]),
    Case("  model:\n    device: ¦", offers: ["auto", "cpu", "cuda"]),
    Case("  model:\n    device:¦", offers: ["auto", "cpu", "cuda"]),
    Case("  model:\n    train: {optimizer: ad¦", offers: ["adamw", "sgd"]),
    Case(
      "  model:\n    train:\n      optimizer: 'ad¦'\n      epochs: 3", offers: ["adamw", "sgd"]),
    Case("  more:\n    load:\n      split: {stratify: ¦", offers: ["true", "false"]),
    Case("  more:\n    clean: [duplicates: ¦]", offers: ["drop"]),
    Case("  more:\n    clean:\n    - missing: ¦", offers: ["drop"]),
    Case("  model:\n    from: ¦", offers: ["rows", "tidy"], omits: ["model"]),
    Case("  model:\n    from: [rows, ¦", offers: ["tidy"], omits: ["rows", "model"]),
    Case("  model:\n    from:\n      - rows\n      - ¦\n", offers: ["tidy"], omits: ["model"]),
    Case("  model:\n    from: {data: ¦}", offers: ["rows", "tidy"]),
    Case("  model:\n    from: {stage: ¦, pick", offers: ["rows", "tidy"]),
    Case("  model:\n    from: ¦\n  last:\n    from: model", offers: ["tidy"], omits: ["last"]),
    Case("  more:\n    load:\n      csv: ¦", offers: ["a.csv", "lib/"], omits: [".hidden"]),
    Case("  more:\n    load:\n      csv: lib/¦", offers: ["lib/c d.csv"]),
    Case("include: [¦", offers: ["part.yaml", "lib/"], omits: ["a.csv", "p.lock.yaml"]),
    Case("env: [¦", offers: ["EDITOR_TEST"]),
    Case("env: [{name: ¦", offers: ["EDITOR_TEST"]),
    Case("env: [{name: HOME, secret: ¦", offers: ["true", "false"]),
    Case("  more:\n    always: ¦", offers: ["true", "false"]),
    Case("  model:\n    describe: the ¦", omits: ["from", "rows"]),
  ]

  private static let references = [
    Case("  model:\n    threads: ${¦", offers: ["vars.epochs", "env.HOME", "vars.sizes.small"]),
    Case("  model:\n    threads: ${vars.¦", offers: ["vars.epochs", "vars.sizes.large"]),
    Case("  model:\n    threads: ${vars.e¦}", offers: ["vars.epochs"]),
    Case("  model:\n    threads: $¦", offers: ["${vars.epochs}"]),
    Case("  model:\n    describe: \"with ${¦", offers: ["vars.epochs"]),
    Case("  model:\n    describe: $${¦", omits: ["vars.epochs"]),
    Case(
      "  model:\n    matrix: {depth: [2, 3]}\n    threads: ${matrix.¦", offers: ["matrix.depth"]),
    Case(
      "  model:\n    matrix: {depth: [2, 3]}\n    train: {}\n  after:\n    from: model\n"
        + "    threads: ${matrix.¦", offers: ["matrix.depth"]),
    Case(
      "  own:\n    from: rows\n    command:\n      run: |\n        use $¦",
      offers: ["$ANNEAL_INPUT_ROWS", "${vars.epochs}"]),
    Case("  model:\n    when: va¦", offers: ["vars.epochs", "metrics.rows.", "not"]),
    Case("  model:\n    when: vars.epochs > 1 and metrics.¦", offers: ["metrics.tidy."]),
    Case("  model:\n    when: ¦", offers: ["vars.epochs", "not"]),
  ]

  @Test(arguments: keys + values + references)
  func `offers what may stand there`(item: Case) throws {
    let editor = try Self.editor()
    let found = try editor.ask("textDocument/completion", at: Self.start + item.text)
    let labels = (found["items"]?.array ?? []).compactMap { $0["label"]?.string }
    #expect(Set(item.offers).subtracting(labels) == [], "\(labels)")
    #expect(Set(item.omits).intersection(labels) == [], "\(labels)")
    #expect(!item.offers.isEmpty || labels.isEmpty)
  }

  private static func editor() throws -> Editor {
    let editor = try Editor()
    try editor.write("t,x\n1,2\n", to: "a.csv")
    for name in ["part.yaml", "p.lock.yaml", ".hidden"] { try editor.write("", to: name) }
    try FileManager.default.createDirectory(
      atPath: editor.folder + "/lib", withIntermediateDirectories: true)
    try editor.write("t\n", to: "lib/c d.csv")
    return editor
  }

  @Test(arguments: [
    ("  model:\n    tr¦", "train", "  model:\n    train:"),
    ("  model:\n    train:\n      ep¦", "epochs", "  model:\n    train:\n      epochs: "),
    ("  model:\n    train: {ep¦", "epochs", "  model:\n    train: {epochs: "),
    ("  model:\n    tr¦: {}", "train", "  model:\n    train: {}"),
    ("  model:\n    device:¦", "cpu", "  model:\n    device: cpu"),
    ("  model:\n    device: c¦uda", "cpu", "  model:\n    device: cpu"),
    ("  model:\n    from: [tidy, r¦, x]", "rows", "  model:\n    from: [tidy, rows, x]"),
    ("  model:\n    threads: ${vars.e¦", "vars.epochs", "  model:\n    threads: ${vars.epochs}"),
    ("  model:\n    threads: ${v¦ars.x}", "vars.epochs", "  model:\n    threads: ${vars.epochs}"),
    ("  model:\n    threads: $¦", "${vars.epochs}", "  model:\n    threads: ${vars.epochs}"),
    ("  more:\n    load: {csv: \"li¦\"}", "lib/", "  more:\n    load: {csv: \"lib/\"}"),
  ])
  func `writes what was chosen in place of the word`(
    marked: String, label: String, expected: String
  ) throws {
    let editor = try Self.editor()
    let found = try editor.ask("textDocument/completion", at: Self.start + marked)
    let item = try #require(found["items"]?.array?.first { $0["label"]?.string == label })
    let edit: Value = [
      "documentChanges": [
        [
          "textDocument": ["uri": .string(editor.uri("p.yaml"))],
          "edits": [item["textEdit"] ?? .null],
        ]
      ]
    ]
    let text = try editor.text(of: "p.yaml", after: edit)
    #expect(text == Self.start + expected)
  }

  @Test func `says what keys mean`() throws {
    let editor = try Self.editor()
    let found = try editor.ask(
      "textDocument/completion", at: Self.start + "  model:\n    train: {¦")
    let item = try #require(found["items"]?.array?.first { $0["label"] == "epochs" })
    #expect(item["detail"]?.string?.contains("whole number") == true)
    #expect(item["documentation"]?["kind"] == "markdown")
    #expect(item["documentation"]?["value"]?.string?.hasPrefix("Passes over") == true)
  }

  @Test func `offers the columns of the data, as soon as they are known`() throws {
    let editor = try Editor(change: { surroundings in
      surroundings.columns = { settings, _ in
        guard let name = settings["csv"]?.string else { return nil }
        return name == "a.csv" ? ["t", "petal width", "x: y"] : ["other"]
      }
    })
    try editor.write("t,x\n1,2\n", to: "a.csv")
    let text = Self.start.replacing("target: t", with: "target: ¦")
    let labels = try Self.labels(when: { $0.contains("petal width") }, at: text, editor)
    #expect(labels == ["t", "petal width", "x: y"])
    let clean = Self.start.replacing("duplicates: drop", with: "missing: {fill: mean, columns: [¦")
    let item = try #require(
      try editor.ask("textDocument/completion", at: clean)["items"]?.array?.last)
    #expect(item["textEdit"]?["newText"] == "\"x: y\"")
  }

  /// The labels at a place, asked for anew whenever the server tells that it knows more.
  private static func labels(
    when isThere: ([String]) -> Bool, at marked: String, _ editor: Editor
  ) throws -> [String] {
    while true {
      let told = editor.serverRequests.count
      let found = try editor.ask("textDocument/completion", at: marked)
      let labels = (found["items"]?.array ?? []).compactMap { $0["label"]?.string }
      if isThere(labels) { return labels }
      while editor.serverRequests.count == told { _ = try editor.next() }
    }
  }

  @Test func `offers the metrics that a stage reported`() async throws {
    let place = try Workplace(
      """
      pipeline: chain
      stages:
        raw: {load: {csv: a.csv}}
        model: {from: raw, matrix: {n: [1, 2]}, train: {epochs: 3}}
      """)
    let metrics: Value = ["validation": ["accuracy": 0.5], "name": "x", "list": [1, 2]]
    _ = try await place.run(
      FakeExecutor(metrics: ["model@n=1": metrics, "model@n=2": metrics]))
    let editor = try Editor(
      in: place.folder,
      change: {
        $0.catalog = fakeStages; $0.metricLines = Self.lines
      })
    let text = try place.text("p.yaml")
    let pick = text + "\n  best: {from: {stage: model, pick: {max: ¦}}, quantize: {}}"
    #expect(
      try Self.labels(when: { !$0.isEmpty }, at: pick, editor) == ["validation.accuracy"])
    let when = text + "\n  best:\n    from: raw\n    when: metrics.model.va¦"
    let found = try editor.ask("textDocument/completion", at: when)
    #expect(
      found["items"]?.array?.map { $0["label"] } == ["metrics.model.validation.accuracy"])
  }

  private static let lines: @Sendable (Value) -> [(String, String)] = { value in
    (value["validation"]?.object ?? [:]).map { ("validation.\($0.key)", $0.value.canonicalJSON) }
      + [("name", "x")]
  }
}
