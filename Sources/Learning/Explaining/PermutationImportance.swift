package import Dataset
package import Network
internal import Hardware
internal import Tensor
internal import Diagnostics

/// How much worse a network answers where the values of a column are dealt out to other rows (Breiman 2001,
/// section 10), as scikit-learn's `permutation_importance` measures it: the accuracy, the coefficient of
/// determination or the share of rows with all labels right, less what it is afterwards.
package struct PermutationImportance {
  /// A column, or a feature that is one whole: a picture, a sound, a text.
  package struct Part: Hashable, Sendable {
    package var feature: String
    /// The element of the feature; nil for all of them together.
    package var element: Int?
    package var name: String
  }

  package struct Result: Sendable {
    package var part: Part
    /// The loss of quality in each repeat.
    package var losses: [Double]

    package var mean: Double { losses.reduce(0, +) / Double(max(losses.count, 1)) }

    /// The standard deviation over the repeats, of these alone.
    package var deviation: Double {
      let squares = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return (squares / Double(max(losses.count, 1))).squareRoot()
    }
  }

  private let network: WeightedNetwork
  private let input: ModelInput
  /// On the execution's device.
  private let rows: Batch
  private let truth: [Float]
  private let target: Target
  private let execution: Execution

  /// Of so many rows a batch is made.
  private static let chunk = 256

  /// - Parameters:
  ///   - network: With its tensors on the execution's device.
  ///   - input: What rows go through on their way to it.
  ///   - rows: As they are stored, with their targets; all of them are held on the execution's device.
  /// - Throws: A diagnostic where the rows have no targets.
  package init(
    _ network: WeightedNetwork, _ input: ModelInput, on rows: Batch, _ target: Target,
    execution: Execution
  ) throws {
    guard let truth = rows.target else { throw Diagnostic("the rows have no target") }
    self.truth = try truth.to(.cpu).to(.float32).array(Float.self)
    self.network = network
    self.input = input
    self.rows = try rows.moved(to: execution.device)
    self.target = target
    self.execution = execution
  }

  /// What is dealt out by itself: each column of numbers, and every other feature as a whole.
  package static func parts(of features: [Feature]) -> [Part] {
    features.flatMap { feature -> [Part] in
      guard feature.shape.count == 1, feature.columns.count == feature.shape[0],
        feature.shape[0] > 1
      else { return [Part(feature: feature.name, element: nil, name: feature.name)] }
      return feature.columns.enumerated().map { index, column in
        Part(feature: feature.name, element: index, name: column)
      }
    }
  }

  /// The quality on the rows as they are.
  package func quality() throws -> Double { try quality(of: rows) }

  /// - Parameter permutations: Which row each row has the values of, for each repeat.
  package func results(
    for parts: [Part], _ permutations: [[Int]]
  ) throws -> [Result] {
    let whole = try quality()
    return try parts.map { part in
      Result(
        part: part,
        losses: try permutations.map { order in
          if execution.observer.isCancelled { throw CancellationError() }
          return try whole - quality(of: dealt(part, order))
        })
    }
  }

  private func dealt(_ part: Part, _ order: [Int]) throws -> Batch {
    var batch = rows
    let values = try rows.inputs.tensor(part.feature)
    let other = try values.select(0, indices: order)
    guard let element = part.element else {
      batch.inputs[part.feature] = other
      return batch
    }
    let width = values.shape[1]
    let pieces = try [
      values.narrow(1, from: 0, length: element), other.narrow(1, from: element, length: 1),
      values.narrow(1, from: element + 1, length: width - element - 1),
    ].filter { $0.shape[1] > 0 }
    batch.inputs[part.feature] = try Tensor.concatenate(pieces, dimension: 1)
    return batch
  }

  private func quality(of batch: Batch) throws -> Double {
    var outputs: [Float] = []
    for start in stride(from: 0, to: batch.rows.count, by: Self.chunk) {
      outputs += try answers(to: batch, start..<min(start + Self.chunk, batch.rows.count))
    }
    return target.quality(of: outputs, truth: truth)
  }

  private func answers(to batch: Batch, _ range: Range<Int>) throws -> [Float] {
    var part = Batch(inputs: [:], rows: Array(batch.rows[range]))
    for (name, tensor) in batch.inputs {
      part.inputs[name] = try tensor.narrow(0, from: range.lowerBound, length: range.count)
    }
    return try execution.evaluating {
      try withoutGradients {
        let inputs = try ModelInput.cast(
          input.prepare(part).inputs, isChannelsLast: execution.isChannelsLast)
        return try network.forward(inputs).to(.cpu).to(.float32).array(Float.self)
      }
    }
  }
}
