import Dataset
import Diagnostics
import Foundation
import Hardware
import Network
import Options
import Tensor
import Testing
import YAML

@testable import Learning

/// A training that cannot go on names the batch, and what in it was not finite first.
struct `A training that diverges` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func problem(
    _ yaml: String = "{epochs: 3, batch: 200}", on dataset: Dataset,
    change: (inout WeightedNetwork) throws -> Void = { _ in },
    loss: ((Tensor, Batch) throws -> Tensor)? = nil
  ) throws -> Diagnostic? {
    var preset = MLPPreset()
    preset.hidden = [16, 8]
    let problem = try LearningProblem(dataset)
    var network = try problem.initialized(problem.network(ModelPreset(preset)), seed: 1)
    try change(&network)
    let usual = try problem.loss(execution: Execution(seed: 1))
    let trainer = try Trainer(
      TrainingRecipe(Node(parsing: yaml, file: "recipe")), network, on: dataset,
      execution: Execution(seed: 1), loss: loss ?? { try usual($0, $1) })
    do {
      _ = try trainer.run()
      return nil
    } catch {
      return error as? Diagnostic
    }
  }

  @Test func `names the loss where it alone is not finite`() throws {
    let found = try problem(
      on: Blobs.write(to: folder.path + "/data"),
      loss: { output, _ in
        try output.sum() * .infinity
      })
    let message = try #require(found?.message)
    #expect(
      message.hasPrefix(
        "the loss is inf in epoch 1, batch 1: every layer's output is finite, and the loss of")
        || message.hasPrefix(
          "the loss is -inf in epoch 1, batch 1: every layer's output is finite, and the loss of"),
      "\(message)")
  }

  @Test func `names the layer whose output is the first that is not finite, and the row`() throws {
    let found = try problem(on: Blobs.write(to: folder.path + "/data")) { network in
      // Finite weights whose products are not.
      network.parameters["hidden2.weight"] = try Tensor.full([8, 16], 3e38)
    }
    let message = try #require(found?.message)
    #expect(
      message.contains(
        "in epoch 1, batch 1: layer 'hidden2' (linear) is the first whose output is not finite"),
      "\(message)")
    #expect(message.contains(" for row "))
    #expect(
      found?.notes.last?.message
        == "lower the learning rate, which is 0.01, or bound the gradients with 'gradient-clip: {norm: 1}'"
    )
  }

  @Test func `names parameters that the steps before drove beyond what is finite`() throws {
    let found = try problem(on: Blobs.write(to: folder.path + "/data")) { network in
      network.parameters["hidden1.bias"] = try Tensor.full([16], .infinity)
    }
    let message = try #require(found?.message)
    #expect(
      message.hasSuffix(
        "the steps before have driven 'hidden1.bias' of layer 'hidden1' (linear) beyond what is finite"
      ),
      "\(message)")
  }

  /// The root of 0 has an infinite slope; the loss is 0 there.
  @Test func `names a gradient that is not finite where the loss is`() throws {
    let found = try problem(
      on: Blobs.write(to: folder.path + "/data"),
      loss: { output, _ in
        try (output - output).power(0.5).sum()
      })
    #expect(
      found?.message
        == "the gradient is not finite in epoch 1, batch 1: the loss is finite, and its gradient is not",
      "\(String(describing: found))")
  }

  /// Gradients grow on their way back where weights are huge and what they multiply is 0.
  @Test func `names the layer behind which the gradient is not finite any more`() throws {
    let found = try problem(on: Blobs.write(to: folder.path + "/data")) { network in
      network.parameters["hidden1.weight"] = try Tensor.zeros([16, 2])
      network.parameters["hidden1.bias"] = try Tensor.full([16], 2e-38)
      network.parameters["hidden2.weight"] = try Tensor.full([8, 16], 2e38)
      network.parameters["head.weight"] = try Tensor.full([3, 8], 30)
        .copying([-30, -30, -30, -30, -30, -30, -30, -30], row: 1)
    }
    let message = try #require(found?.message)
    #expect(
      message.hasPrefix(
        "the gradient is not finite in epoch 1, batch 1: going back from the loss, "),
      "\(message)")
    #expect(message.contains("'hidden2'"), "\(message)")
  }

  @Test func `names a target that is not finite`() throws {
    let dataset = try Blobs.writeLine(to: folder.path + "/data") { $0 > 1.5 ? .infinity : $0 }
    let problem = try LearningProblem(dataset)
    let loss = Loss(.mse)
    let network = try problem.initialized(
      problem.network(ModelPreset(LinearPreset())), seed: 1)
    let thrown = #expect(throws: Diagnostic.self) {
      try Trainer(
        TrainingRecipe(Node(parsing: "{epochs: 1, batch: 100}", file: "r")), network, on: dataset,
        execution: Execution(seed: 1)
      ) { try loss($0, $1) }.run()
    }
    #expect(
      thrown?.message.contains(": the target of row ") == true, "\(String(describing: thrown))")
  }

  /// Whoever reads of a layer that overflows looks for the reason in the data next.
  @Test func `names a column with values that nobody scaled`() throws {
    var writer = try DatasetWriter(
      directory: folder.path + "/wide",
      features: [
        Feature(name: "x", kind: .numbers, shape: [2], type: .float32, columns: ["age", "income"])
      ], target: Target(name: "y", task: .classification, classes: ["a", "b"]))
    let rows: [Float] = (0..<40).flatMap { [Float($0), $0 == 17 ? 3e38 : 1] }
    for split in SplitName.allCases {
      try writer.append(
        Block(
          rows: (0..<40).map(Int64.init), features: ["x": .float32(rows)],
          target: .int64((0..<40).map { Int64($0 % 2) })), to: split)
    }
    _ = try writer.finish()
    let found = try problem(
      "{epochs: 50, batch: 40, optimizer: {sgd: {learning-rate: 1}}}",
      on: Dataset(opening: folder.path + "/wide"))
    #expect(
      found?.notes.first?.message.hasPrefix(
        "the batch has 3e+38 in the column 'income' of row 18: scale such values") == true,
      "\(String(describing: found))")
  }
}

extension Tensor {
  /// The same with one row of a matrix replaced.
  fileprivate func copying(_ values: [Float], row: Int) throws -> Tensor {
    var all = try array(Float.self)
    all.replaceSubrange(row * values.count..<(row + 1) * values.count, with: values)
    return try Tensor(all, shape: shape)
  }
}
