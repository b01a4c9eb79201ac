import Dataset
import Diagnostics
import Hardware
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Learning

struct `The search for what a training runs with` {
  private static func name(_ execution: Execution) -> String {
    "\(execution.precision.rawValue) \(execution.threads)"
      + (execution.isChannelsLast ? " last" : "")
  }

  /// Chooses by given times of a step, 1 where none is given.
  private func choice(
    _ times: [String: Double], unit: Double = 0.01, threads: Int = 2, layouts: Bool = true,
    precisions: [Precision] = [.bf16], noise: Double = 0.1
  ) throws -> (chosen: String, tried: [String], limits: [Double], summary: String) {
    var (tried, limits): ([String], [Double]) = ([], [])
    let search = ExecutionSearch(
      ExecutionSearch.Choices(threads: threads > 1, layouts: layouts, precisions: precisions),
      steps: 100
    ) { execution, _, limit in
      tried.append(Self.name(execution))
      limits.append(limit)
      return (times[Self.name(execution)] ?? 1) * unit
    } roundingError: { execution in
      tried.append("rounding of \(Self.name(execution))")
      return RoundingError(outputs: 0.001, noise: noise, bias: 0)
    }
    let (best, summary) = try search.best(
      from: Execution(threads: threads, isChannelsLast: true, seed: 1))
    return (Self.name(best), tried, limits, summary)
  }

  @Test func `tries one change at a time beside the best so far`() throws {
    let choice = try choice(["fp32 1 last": 0.5, "fp32 1": 0.4, "bf16 1": 0.3, "bf16 1 last": 0.2])
    #expect(choice.chosen == "bf16 1 last")
    #expect(
      choice.tried
        == [
          "fp32 2 last", "fp32 2 last", "fp32 1 last", "fp32 1", "bf16 1", "bf16 1 last",
          "rounding of bf16 1 last",
        ])
    #expect(
      choice.summary
        == "a step takes: fp32 channels-last on 2 threads 10.0 ms, fp32 channels-last on 1 thread "
        + "5.0 ms, fp32 on 1 thread 4.0 ms, bf16 on 1 thread 3.0 ms, bf16 channels-last on "
        + "1 thread 2.0 ms, with bf16 gradients are as noisy as with 9% fewer rows in a batch; it "
        + "runs with bf16 channels-last on 1 thread"
    )
  }

  @Test func `keeps what is given where a change hardly pays`() throws {
    #expect(
      try choice(["fp32 1 last": 0.97, "fp32 2": 0.96, "bf16 2 last": 0.99]).chosen == "fp32 2 last"
    )
    #expect(try choice(["bf16 2 last": 5]).chosen == "fp32 2 last")
  }

  @Test func `does not take a precision that is too coarse`() throws {
    let choice = try choice(["bf16 2 last": 0.1], noise: 0.3)
    #expect(choice.chosen == "fp32 2 last")
    #expect(
      choice.summary.contains(
        "bf16 is too coarse, as gradients are as noisy as with 23% fewer rows in a batch"))
  }

  @Test func `looks at rounding only where it would pay`() throws {
    let choice = try choice(["bf16 2 last": 0.99, "bf16 2": 2])
    #expect(choice.tried.suffix(2) == ["bf16 2 last", "bf16 2"])
  }

  @Test func `gives up what takes long at its first step`() throws {
    #expect(try choice([:], unit: 1).limits == [0, .infinity, 2, 2, 2, 2])
    #expect(try choice([:]).limits.suffix(2) == [0.1, 0.1])
  }

  @Test func `tries half of many threads, and nothing that is not open`() throws {
    let many = try choice(["fp32 4 last": 0.5], threads: 8, layouts: false, precisions: [])
    #expect(many.chosen == "fp32 4 last")
    #expect(many.tried == ["fp32 8 last", "fp32 8 last", "fp32 1 last", "fp32 4 last"])
    let none = try choice([:], threads: 1, layouts: false, precisions: [])
    #expect(none.tried == ["fp32 1 last", "fp32 1 last"])
  }

  /// Three rows in batches of two would leave one alone, which no batch norm can learn from.
  @Test(arguments: [
    (3, "{batch: 2, epochs: 2}"), (120, "{batch: 16, epochs: 2}"),
    (10, "{batch: 64, epochs: 2}"), (100, "{batch: 7, accumulate: 4, epochs: 2}"),
    (9, "{batch: 2, accumulate: 64, epochs: 2}"),
  ])
  func `a trial takes the batches that the training takes`(rows: Int, yaml: String) throws {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data", rows: rows)
    let problem = try LearningProblem(dataset)
    var preset = MLPPreset()
    preset.hasBatchNorm = true
    let first = try problem.initialized(problem.network(ModelPreset(preset)), seed: 1)
    let loss = try problem.loss(execution: Execution(seed: 1))
    var taken: [[Int64]] = []
    func trainer() throws -> Trainer {
      taken = []
      return try Trainer(
        TrainingRecipe(Node(parsing: yaml, file: "r")), first, on: dataset,
        execution: Execution(seed: 1)
      ) { output, batch in
        taken.append(batch.rows)
        return try loss(output, batch)
      }
    }
    var recipe = try TrainingRecipe(Node(parsing: yaml, file: "r"))
    recipe.epochs = .fixed(1)
    let training = try Trainer(recipe, first, on: dataset, execution: Execution(seed: 1)) {
      taken.append($1.rows)
      return try loss($0, $1)
    }
    _ = try training.run()
    let whole = Array(taken.prefix(try training.batches))
    _ = try trainer().secondsPerStep(within: 0)
    let measured = Array(taken.prefix(whole.count))
    #expect(measured == Array(whole.prefix(measured.count)))
    try trainer().forEachFirstBatch(2) { _ in }
    #expect(taken == Array(whole.prefix(2)))
  }

  /// A step is as many batches as are accumulated, however few of them were looked at.
  @Test func `a step has all of its batches`() throws {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data", rows: 120)
    let problem = try LearningProblem(dataset)
    let first = try problem.initialized(
      problem.network(ModelPreset(LinearPreset())), seed: 1)
    let loss = try problem.loss(execution: Execution(seed: 1))
    for (accumulate, least) in [(1, 2), (5, 10), (30, 24)] {
      var batches = 0
      let trainer = try Trainer(
        TrainingRecipe(
          Node(parsing: "{batch: 4, accumulate: \(accumulate), epochs: 2}", file: "r")), first,
        on: dataset, execution: Execution(seed: 1)
      ) { output, batch in
        batches += 1
        return try loss(output, batch)
      }
      _ = try trainer.secondsPerStep(within: 0)
      #expect(batches == least)
    }
  }

  @Test func `a trial leaves the training as it was`() throws {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data")
    let problem = try LearningProblem(dataset)
    let network = try problem.network(ModelPreset(LinearPreset()))
    let first = try problem.initialized(network, seed: 1)
    let before = try first.parameters.mapValues { try $0.bytes() }
    func trainer() throws -> Trainer {
      let loss = try problem.loss(execution: Execution(seed: 1))
      return try Trainer(
        TrainingRecipe(Node(parsing: "{epochs: 2, batch: 16}", file: "r")), first, on: dataset,
        execution: Execution(seed: 1, checkpoints: folder.path + "/checkpoints")
      ) { try loss($0, $1) }
    }
    let whole = try trainer().run()
    #expect(try trainer().secondsPerStep(within: 0.001) > 0)
    #expect(try trainer().secondsPerStep(within: 10, unlessAbove: 0) > 0)
    var sizes: [[Int]] = []
    try trainer().forEachFirstBatch(2) {
      sizes.append([$0.rows, $0.outputs.count] + $0.layers.map(\.count))
    }
    // A layer's weights and biases are one vector.
    #expect(sizes == [[15, 45, 9], [15, 45, 9]])
    #expect(try first.parameters.mapValues { try $0.bytes() } == before)
    #expect(try trainer().run().progress == whole.progress)
  }
}
