import Foundation
import Testing
import YAML

/// Runs that tell TensorBoard and MLflow of themselves, both the real ones.
@Suite(.enabled(if: Trackers.areThere), .serialized)
struct `Tracked runs` {
  private func program(_ track: String, epochs: Int = 3, search: String = "") throws -> Program {
    let program = try Program()
    var rows = "x,y,t\n"
    for row in 0..<200 {
      rows += "\(row % 17),\(row % 5),\((row % 17 + row % 5) % 2 == 0 ? "a" : "b")\n"
    }
    try program.write(rows, to: "t.csv")
    try program.write(
      """
      pipeline: tracked
      seed: 3
      track: \(track)
      vars: {epochs: \(epochs), width: 4}
      stages:
        data: {load: {csv: t.csv, target: t, split: {train: 60%, validation: 20%, test: 20%}}}
        model:
          from: data
          train:
            model: {mlp: {hidden: ["${vars.width}"]}}
            epochs: "${vars.epochs}"
            batch: 32
            evaluate: {every: 1}
      \(search)
      """, to: "p.yaml")
    return program
  }

  @Test func `are read by TensorBoard`() throws {
    let program = try program("{tensorboard: tracked}")
    let ending = try program.run("run", "p.yaml", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    let summary = try Value(parsingJSON: ending.output)
    let run = try #require(summary["run"]?.string)
    let model = summary["stages"]?.array?.first { $0["address"] == "model" }
    let events = try Trackers.events(in: program.folder + "/tracked")
    let text = events["\(run)/model"]?["texts"]?["settings"]?.string ?? ""
    #expect(text.contains("epochs: 3"))
    for split in ["train", "validation"] {
      let curve = events["\(run)/model/\(split)"]?["scalars"]?["loss"]?.array ?? []
      let name = split == "train" ? "training-loss" : "validation-loss"
      let losses = model?["metrics"]?["training"]?[name]?.array ?? []
      #expect(curve.map { $0.array?[0].int } == [1, 2, 3])
      for (point, loss) in zip(curve, losses) {
        #expect(abs((point.array?[1].double ?? .nan) - (loss.double ?? .infinity)) < 1e-6)
      }
    }
    let last = events["\(run)/model/test"]?["scalars"]?["end/accuracy"]?.array?.first?.array
    let accuracy = try #require(model?["metrics"]?["test"]?["accuracy"]?.double)
    #expect(abs((last?[1].double ?? .nan) - accuracy) < 1e-6)
  }

  /// What a killed run wrote is read, and the one that goes on tells of all epochs.
  @Test func `are read after they were killed`() throws {
    let epochs = 1000
    let program = try program("{tensorboard: tracked}", epochs: epochs)
    let killed = try program.run(
      ["run", "p.yaml", "--stage-log", "model"], sending: [("epoch 5:", SIGKILL)])
    #expect(killed.status == SIGKILL)
    let first = try Trackers.events(in: program.folder + "/tracked").object ?? [:]
    let curves = first.filter { $0.key.hasSuffix("model/train") }
    let steps = curves.values.first?["scalars"]?["loss"]?.array?.compactMap { $0.array?[0].int }
    #expect(curves.count == 1)
    #expect(try #require(steps).starts(with: [1, 2, 3, 4]))

    let next = try program.run("run", "p.yaml", "--stage-log", "model")
    #expect(next.status == 0, "\(next.errors)")
    #expect(next.errors.contains("continues after "), "\(next.errors)")
    let second = try Trackers.events(in: program.folder + "/tracked").object ?? [:]
    for split in ["train", "validation"] {
      let curves = second.filter { $0.key.hasSuffix("model/\(split)") && first[$0.key] == nil }
      #expect(curves.count == 1)
      let loss = curves.values.first?["scalars"]?["loss"]?.array
      #expect(loss?.map { $0.array?[0].int } == Array(1...epochs))
    }
  }

  @Test func `are told to an MLflow server, two at once`() async throws {
    let service = try await MLflowService()
    let programs = try (0..<2).map { _ in
      try program("{mlflow: '\(service.uri)', experiment: both}")
    }
    let endings = await withTaskGroup(of: Program.Ending?.self) { group in
      for program in programs {
        group.addTask { try? program.run("run", "p.yaml", "--json") }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(endings.map { $0?.status } == [0, 0])
    for ending in endings {
      #expect(ending?.errors.contains("MLflow") == false, "\(ending?.errors ?? "")")
    }
    let runs = try service.runs(of: "both")
    #expect(runs.count == 4)
    #expect(runs.allSatisfy { $0.run["info"]?["status"] == "FINISHED" })
    let parents = runs.filter { $0.name.hasPrefix("tracked ") }
    let stages = runs.filter { $0.name == "model" }
    #expect(parents.count == 2 && stages.count == 2)
    #expect(
      Set(stages.compactMap { $0.run.entry("tags", "mlflow.parentRunId")?.string })
        == Set(parents.compactMap { $0.run["info"]?["run_id"]?.string }))
    let stage = stages[0].run
    #expect(stage.entry("params", "epochs") == "3")
    #expect(stage.entry("params", "model.mlp.hidden") == "[4]")
    #expect(stage.entry("metrics", "end/test/accuracy") != nil)
    let id = stage["info"]?["run_id"]?.string ?? ""
    let history = try Value(
      parsingJSON: service.get(
        "/api/2.0/mlflow/metrics/get-history?run_id=\(id)&metric_key=validation/loss"))
    #expect(history["metrics"]?.array?.map { $0["step"]?.int } == [1, 2, 3])
    let experiment = stage["info"]?["experiment_id"] ?? .null
    let models = try service.post("logged-models/search", ["experiment_ids": [experiment]])
    let ready = (models["models"]?.array ?? []).filter {
      $0["info"]?["status"] == "LOGGED_MODEL_READY"
    }
    #expect(ready.count == 2)
    let files = FileManager.default.enumerator(atPath: service.folder + "/artifacts")?
      .compactMap { ($0 as? String)?.split(separator: "/").last.map(String.init) }
    for name in ["model.safetensors", "network.json", "MLmodel", "settings.yaml", "report.html"] {
      #expect(files?.contains(name) == true, "\(name)")
    }

    try killed(service)
    try searched(service)
  }

  /// A run that was killed does not go on for ever on the server: the next says so.
  private func killed(_ service: MLflowService) throws {
    let program = try program("{mlflow: '\(service.uri)', experiment: killed}", epochs: 100_000)
    // Long enough in the making that its first figures have arrived.
    let ending = try program.run(
      ["run", "p.yaml", "--stage-log", "model"], sending: [("epoch 400:", SIGKILL)])
    #expect(ending.status == SIGKILL)
    let running = try service.runs(of: "killed").filter { $0.run["info"]?["status"] == "RUNNING" }
    #expect(running.map(\.name).contains("model"))
    let next = try program.run("run", "p.yaml", "--set", "vars.epochs=2")
    #expect(next.status == 0, "\(next.errors)")
    let states = try service.runs(of: "killed").map { $0.run["info"]?["status"]?.string }
    #expect(states.count { $0 == "KILLED" } == running.count)
    #expect(!states.contains("RUNNING"))
  }

  private func searched(_ service: MLflowService) throws {
    let program = try program(
      "{mlflow: '\(service.uri)', experiment: searched, tensorboard: tracked}",
      search: "search: {best: {maximize: model.validation.accuracy, over: {vars.width: [2, 8]}}}")
    let ending = try program.run("search", "p.yaml", "--json")
    #expect(ending.status == 0, "\(ending.errors)")
    let runs = try service.runs(of: "searched")
    let search = runs.filter { $0.name.hasPrefix("search-") }
    let trials = runs.filter { $0.name.hasPrefix("trial ") }
    #expect(search.count == 1 && trials.count == 2)
    #expect(
      Set(trials.compactMap { $0.run.entry("params", "vars.width")?.string }) == ["2", "8"])
    #expect(
      trials.allSatisfy {
        $0.run.entry("tags", "mlflow.parentRunId") == search[0].run["info"]?["run_id"]
      })
    #expect(runs.allSatisfy { $0.run["info"]?["status"] == "FINISHED" })
    let events = try Trackers.events(in: program.folder + "/tracked").object ?? [:]
    for number in 1...2 {
      #expect(
        events.contains {
          $0.key.hasSuffix("/trial-\(number)/model/validation")
            && $0.value["scalars"]?["loss"]?.array?.count == 3
        })
    }
  }

  @Test func `end as well where the server is away`() throws {
    let program = try program("{mlflow: 'http://127.0.0.1:9'}")
    let ending = try program.run("run", "p.yaml")
    #expect(ending.status == 0)
    #expect(ending.errors.contains("did not get to the MLflow server 'http://127.0.0.1:9'"))
    #expect(ending.errors.contains("anneal show"))
  }

  @Test(arguments: [
    ("{}", "'track' names nowhere to keep figures"),
    ("{mlflow: runs}", "'runs' is no address of an MLflow server"),
    ("{tensorboard: t, experiment: e}", "an experiment is one of an MLflow server"),
    ("{tensorbord: t}", "did you mean 'tensorboard'?"),
  ])
  func `are asked for in a right way`(track: String, fact: String) throws {
    let ending = try program(track).run("check", "p.yaml")
    #expect(ending.status == 2)
    #expect(ending.errors.contains(fact), "\(ending.errors)")
  }
}
