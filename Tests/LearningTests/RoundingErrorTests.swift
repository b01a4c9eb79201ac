import Dataset
import Hardware
import Network
import Options
import Tensor
import Testing

@testable import Learning

struct `The error of rounding` {
  /// Gradients of batches that differ by chance, and the same with errors added.
  private func error(
    batches: Int, layers: Int = 3, chance: Double = 0.3, common: Double = 0, outputs: Double = 0
  ) -> RoundingError {
    var stream = RandomStream(seed: 5)
    func noise(_ count: Int, _ deviation: Double) -> [Float] {
      (0..<count).map { _ in Float(stream.normal(deviation: deviation)) }
    }
    let shared = (0..<layers).map { _ in noise(1000, common) }
    let exact = (0..<batches).map { _ in
      // Layers of large gradients count as much as those of small ones.
      FirstBatch(
        outputs: noise(300, 2), rows: 100,
        layers: (0..<layers).map { layer in noise(1000, 1).map { $0 * Float(1 << (4 * layer)) } })
    }
    var comparison = RoundingComparison(exact: exact)
    for batch in exact {
      comparison.add(
        FirstBatch(
          outputs: zip(batch.outputs, noise(300, outputs * 2)).map { $0 + $1 }, rows: 100,
          layers: batch.layers.enumerated().map { layer, values in
            zip(values, zip(shared[layer], noise(1000, chance))).map {
              $0 + ($1.0 + $1.1) * Float(1 << (4 * layer))
            }
          }))
    }
    return comparison.error
  }

  @Test(arguments: [2, 4, 8])
  func `tells chance from what batches have in common`(batches: Int) {
    let free = error(batches: batches)
    #expect(abs(free.noise - 0.09) < 0.01)
    #expect(abs(free.bias) < 0.004)
    #expect(free.objection == nil)
    #expect(free.cost == "gradients are as noisy as with 8% fewer rows in a batch")
    let bound = error(batches: batches, chance: 0.1, common: 0.2)
    #expect(abs(bound.noise - 0.05) < 0.01)
    #expect(abs(bound.bias - 0.04) < 0.005)
    #expect(
      bound.objection
        == "gradients err the same way in all batches, by 20% of what batches differ by")
  }

  @Test func `objects to outputs that are lost, to much noise and to what is no number`() {
    let outputs = error(batches: 4, outputs: 0.2)
    #expect(abs(outputs.outputs - 0.04) < 0.004)
    #expect(outputs.objection == "outputs err by 20% of what rows differ by")
    #expect(
      error(batches: 4, chance: 0.6).objection
        == "gradients are as noisy as with 27% fewer rows in a batch")
    #expect(
      RoundingError(outputs: 0, noise: .nan, bias: 0).objection == "not all values are finite")
    #expect(error(batches: 2, chance: 0) == RoundingError(outputs: 0, noise: 0, bias: 0))
  }

  /// Classes in the plane, or the same far from 0, where bfloat16 has no digits left for them.
  private func measured(offset: Double) throws -> RoundingError {
    let folder = try TemporaryFolder()
    let dataset = try Blobs.write(to: folder.path + "/data", offset: offset)
    let problem = try LearningProblem(dataset)
    let first = try problem.initialized(problem.network(ModelPreset(MLPPreset())), seed: 1)
    let loss = try problem.loss(execution: Execution(seed: 1))
    var recipe = TrainingRecipe()
    recipe.batch = .fixed(30)
    func batches(_ precision: Precision) throws -> [FirstBatch] {
      var batches: [FirstBatch] = []
      try Trainer(
        recipe, first, on: dataset, execution: Execution(precision: precision, seed: 1)
      ) { try loss($0, $1) }.forEachFirstBatch(4) { batches.append($0) }
      return batches
    }
    var comparison = RoundingComparison(exact: try batches(.fp32))
    for batch in try batches(.bf16) { comparison.add(batch) }
    return comparison.error
  }

  @Test func `bfloat16 serves where values lie around 0, and not where they lie far from it`()
    throws
  {
    let near = try measured(offset: 0)
    #expect(near.objection == nil, "\(near)")
    #expect(near.outputs > 0 && near.noise > 0)
    let far = try measured(offset: 300)
    #expect(far.objection?.hasPrefix("outputs err by") == true, "\(far)")
  }
}
