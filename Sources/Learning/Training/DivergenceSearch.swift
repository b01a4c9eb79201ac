import Dataset
import Diagnostics
import Hardware
import Network
import Tensor

/// Finds what stopped being finite in a training step, by running the step's batch once more and looking at
/// every value on the way.
///
/// A training itself looks at its losses and gradients alone, which tell where it ended and not where it
/// began.
struct DivergenceSearch {
  let graph: Network
  let parameters: Parameters
  /// That of the step, so that what is random in it is the same.
  let mode: ForwardMode
  let execution: Execution
  let description: DatasetDescription
  let loss: (Tensor, Batch) throws -> Tensor

  /// Thrown to end a pass through the network where something was found.
  private struct Found: Error { let cause: String }

  /// What was not finite first, in words; nil where the second run is finite throughout.
  func cause(in batch: Batch) throws -> String? {
    if let cause = try dataCause(in: batch) ?? parameterCause() { return cause }
    var values: [(node: NetworkNode, value: Tensor)] = []
    do {
      let result = try execution.computing {
        let output = try graph.forward(batch.inputs, parameters, mode) { name, value in
          guard let node = graph.node(named: name) else { return }
          if let place = try Self.place(in: value) {
            throw Found(
              cause: "layer \(title(node)) is the first whose output is not finite: it gives "
                + "\(place.value) for \(row(place, of: value, in: batch))")
          }
          values.append((node, value))
        }
        return try loss(output, batch)
      }
      if try !result.item().isFinite {
        let most = try values.last.map { try Self.largest(in: $0.value) } ?? 0
        return "every layer's output is finite, and the loss of them is not; the largest output of "
          + "the network is \(most)"
      }
      return try gradientCause(of: result, values)
    } catch let found as Found {
      return found.cause
    }
  }

  /// The largest of the numbers that the network reads, with its place, where it is so large that it may be
  /// what the trouble comes from.
  func extremeInput(in batch: Batch) throws -> String? {
    var most: (size: Float, text: String)?
    for feature in description.features {
      guard let tensor = batch.inputs[feature.name], tensor.type.isFloatingPoint else { continue }
      let values = try Self.numbers(tensor)
      guard let place = values.indices.max(by: { abs(values[$0]) < abs(values[$1]) }),
        abs(values[place]) > max(Self.usual, most?.size ?? 0)
      else { continue }
      let width = Self.width(tensor, in: batch)
      most = (
        abs(values[place]),
        "\(values[place]) in \(column(place % width, of: feature)) of "
          + description.name(of: batch.rows[place / width])
      )
    }
    return most?.text
  }

  /// Beyond what size inputs are hardly ever scaled ones.
  private static let usual: Float = 1000

  private func dataCause(in batch: Batch) throws -> String? {
    for feature in description.features {
      guard let tensor = batch.inputs[feature.name], tensor.type.isFloatingPoint,
        let place = try Self.place(in: tensor)
      else { continue }
      let width = Self.width(tensor, in: batch)
      return "\(row(place, of: tensor, in: batch)) has \(place.value) in "
        + column(place.index % width, of: feature)
    }
    guard let target = batch.target, target.type.isFloatingPoint,
      let place = try Self.place(in: target)
    else { return nil }
    return "the target of \(row(place, of: target, in: batch)) is \(place.value)"
  }

  private func parameterCause() throws -> String? {
    for node in graph.nodes {
      for spec in graph.specs(of: node) where spec.role != .buffer {
        guard try Self.place(in: parameters.tensor(spec.name)) != nil else { continue }
        return "the steps before have driven '\(spec.name)' of layer \(title(node)) beyond what is "
          + "finite"
      }
    }
    return nil
  }

  /// Where the gradient stops being finite on its way from the loss back to the first layer.
  private func gradientCause(
    of loss: Tensor, _ values: [(node: NetworkNode, value: Tensor)]
  ) throws -> String? {
    let recorded = values.filter { $0.value.requiresGradient }
    let specs = recorded.flatMap { graph.specs(of: $0.node) }.filter { spec in
      parameters[spec.name]?.requiresGradient ?? false
    }
    let leaves = try specs.map { try parameters.tensor($0.name) }
    let gradients = try loss.derivatives(by: recorded.map(\.value) + leaves)
    let ofLeaves = Dictionary(
      zip(specs.map(\.name), gradients.dropFirst(recorded.count)), uniquingKeysWith: { $1 })
    for (entry, gradient) in zip(recorded, gradients).reversed() {
      if let gradient, try Self.place(in: gradient) != nil {
        let readers = graph.nodes.filter { $0.inputs.contains(entry.node.name) }
        guard let reader = readers.last, entry.node.name != graph.outputs[0] else {
          return "the loss is finite, and its gradient is not"
        }
        return "going back from the loss, the gradient is not finite any more behind layer "
          + title(reader)
      }
      for spec in graph.specs(of: entry.node) {
        guard let gradient = ofLeaves[spec.name] ?? nil, try Self.place(in: gradient) != nil else {
          continue
        }
        return "going back from the loss, the first gradient that is not finite is that of "
          + "'\(spec.name)' in layer \(title(entry.node))"
      }
    }
    return nil
  }

  private func title(_ node: NetworkNode) -> String {
    "'\(node.name)' (\(type(of: node.layer).type))"
  }

  private func column(_ element: Int, of feature: Feature) -> String {
    feature.columns.indices.contains(element)
      ? "the column '\(feature.columns[element])'" : "the feature '\(feature.name)'"
  }

  private func row(_ place: Place, of tensor: Tensor, in batch: Batch) -> String {
    let width = Self.width(tensor, in: batch)
    return description.name(of: batch.rows[min(place.index / width, batch.rows.count - 1)])
  }

  /// How many values of a tensor belong to each row.
  private static func width(_ tensor: Tensor, in batch: Batch) -> Int {
    max(1, tensor.count / max(1, batch.rows.count))
  }

  private typealias Place = (index: Int, value: Float)

  /// The first value that is not finite, in row-major order.
  private static func place(in tensor: Tensor) throws -> Place? {
    guard tensor.type.isFloatingPoint else { return nil }
    let values = try numbers(tensor)
    return values.firstIndex { !$0.isFinite }.map { ($0, values[$0]) }
  }

  private static func largest(in tensor: Tensor) throws -> Float {
    try numbers(tensor).map(abs).max() ?? 0
  }

  private static func numbers(_ tensor: Tensor) throws -> [Float] {
    try tensor.detach().to(.cpu).to(.float32).array(Float.self)
  }
}
