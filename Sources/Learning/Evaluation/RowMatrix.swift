import Dataset
import Network
import Tensor

/// The rows of a split as a matrix of double-precision numbers: what a network would read, images laid
/// out as rows, categories as indicators, and texts as the share of each token in their places.
struct RowMatrix {
  private let inputs: [NetworkInput]
  private let input: ModelInput
  /// How many numbers a row has.
  let width: Int

  /// Rows in a block, fewer where they are wide.
  private var block: Int { max(64, min(4096, (1 << 20) / max(width, 1))) }

  init(_ dataset: Dataset) {
    inputs = dataset.description.networkInputs
    input = ModelInput(dataset.description.steps)
    width = inputs.reduce(0) { $0 + Self.width(of: $1) }
  }

  private static func width(of input: NetworkInput) -> Int {
    input.cardinalities.isEmpty ? input.shape.reduce(1, *) : input.cardinalities.reduce(0, +)
  }

  /// Calls `body` with blocks `[rows, width]` in float64 on the CPU, and the targets of their rows.
  ///
  /// - Parameter step: Takes every so-manieth row only.
  func forEachBlock(
    of reader: SplitReader, step: Int = 1, _ body: (Tensor, Batch) throws -> Void
  ) throws {
    reader.expect(inOrder: true)
    let count = (reader.rows + step - 1) / step
    for start in stride(from: 0, to: count, by: block) {
      let end = min(start + block, count)
      let chosen = (start..<end).map { $0 * step }
      let batch = try input.gather(
        step == 1 ? .range(start..<end) : RowSelection(chosen), of: reader)
      reader.release(start * step..<min(end * step, reader.rows))
      let parts = try inputs.map { try numbers(batch.inputs, $0) }
      try body(try Tensor.concatenate(parts, dimension: 1), batch)
    }
  }

  private func numbers(_ tensors: [String: Tensor], _ input: NetworkInput) throws -> Tensor {
    guard let tensor = tensors[input.name] else {
      preconditionFailure("a batch lacks the feature '\(input.name)'")
    }
    guard !input.cardinalities.isEmpty else {
      return try tensor.flatten(from: 1).to(.float64)
    }
    if input.kind == .text { return try shares(of: tensor.to(.int64), input.cardinalities[0]) }
    let codes = try OneHot(cardinalities: input.cardinalities)
      .forward([tensor], [:], .evaluation)
    return try codes.to(.float64)
  }

  /// How large a part of the places of each row has each id.
  private func shares(of ids: Tensor, _ vocabulary: Int) throws -> Tensor {
    let known = try Tensor.range(count: vocabulary, device: ids.device)
    let places = ids.shape[1]
    var sum = try ids.narrow(1, from: 0, length: 1).equals(known).to(.float64)
    for place in 1..<max(places, 1) {
      sum = try sum + ids.narrow(1, from: place, length: 1).equals(known).to(.float64)
    }
    return try sum / Double(places)
  }
}
