import Dataset
import Foundation
import Hardware
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Learning

struct `Evaluating` {
  private struct Interruption: Error {}

  /// The engine's setting belongs to the process, which other tests share.
  @Test func `gives a training its TF32 back, also where it fails`() async {
    await #expect(processExitsWith: .success) {
      let training = Execution(precision: .tf32, seed: 1)
      try training.prepare()
      var seen = [try Engine.allowsReducedFloat32()]
      seen.append(try training.evaluating { try Engine.allowsReducedFloat32() })
      seen.append(try Engine.allowsReducedFloat32())
      do { try training.evaluating { throw CancellationError() } } catch is CancellationError {}
      seen.append(try Engine.allowsReducedFloat32())
      let exact = Execution(seed: 1)
      try exact.prepare()
      _ = try exact.evaluating { 0 }
      seen.append(try Engine.allowsReducedFloat32())
      precondition(seen == [true, false, true, true, false])
    }
  }

  @Test func `gives a training its bfloat16 back, also where it fails`() throws {
    let matrix = try Tensor.ones([3, 3])
    func type() throws -> ElementType { try matrix.linear(weight: matrix).type }
    let training = Execution(precision: .bf16, seed: 1)
    var seen: [ElementType] = []
    try training.computing {
      seen.append(try type())
      seen.append(try training.evaluating { try type() })
      seen.append(try type())
      do { try training.evaluating { throw Interruption() } } catch is Interruption {}
      seen.append(try type())
    }
    seen.append(try type())
    #expect(seen == [.bfloat16, .float32, .bfloat16, .bfloat16, .float32])
  }

  /// Other values would differ by much more than what folding rounds, and the same ones by nothing.
  @Test func `folds batch norms and answers the same`() throws {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data")
    var preset = MLPPreset()
    preset.hidden = [16, 16]
    preset.hasBatchNorm = true
    let problem = try LearningProblem(dataset)
    let loss = try problem.loss(execution: Execution(seed: 1))
    let network = try Trainer(
      TrainingRecipe(Node(parsing: "{epochs: 4, batch: 16}", file: "r")),
      problem.initialized(problem.network(ModelPreset(preset)), seed: 1), on: dataset,
      execution: Execution(seed: 1)
    ) { try loss($0, $1) }.run().network
    let own = try Predictions(of: network, on: dataset, .test, execution: Execution(seed: 1))
    let rows = try #require(dataset[.test])
    let batch = try ModelInput([]).gather(Array(0..<rows.rows), of: rows)
    let plain = try network.forward(ModelInput.cast(batch.inputs)).array(Float.self)
    #expect(own.logits != plain)
    for (folded, plain) in zip(own.logits, plain) {
      #expect(abs(folded - plain) <= 1e-5 * max(1, abs(plain)))
    }
  }

  /// A network that starts far from even chances has first to unlearn what nothing taught it.
  @Test(arguments: [[], [64], [256, 256]])
  func `begins near what chance comes to`(hidden: [Int]) throws {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data")
    var preset = MLPPreset()
    preset.hidden = hidden
    let problem = try LearningProblem(dataset)
    let graph = try problem.network(ModelPreset(preset))
    var excess = 0.0
    for seed in 0..<5 {
      let first = try Predictions(
        of: problem.initialized(graph, seed: UInt64(seed)), on: dataset, .test,
        execution: Execution(seed: 1))
      excess += try #require(first.metrics["loss"]?.double) - log(3)
    }
    // With He's variance it comes to about 1.
    #expect(excess / 5 < 0.5)
  }
}
