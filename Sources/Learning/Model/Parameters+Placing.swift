package import Network
package import Tensor
import Hardware

extension [String: Tensor] {
  /// Copies on the execution's device and in its layout, outside any record of gradients.
  package func placed(for execution: Execution) throws -> Parameters {
    try mapValues { tensor in
      if execution.keepsInFile(tensor) { return try execution.kept(tensor) }
      let moved = try tensor.detach().to(execution.device).clone()
      return try execution.isChannelsLast && moved.rank == 4
        ? moved.channelsLast() : moved.contiguous()
    }
  }

  /// Copies on the CPU, row-major, outside any record of gradients, as artifacts hold them.
  package func collected() throws -> Parameters {
    try mapValues { try $0.detach().to(.cpu).contiguous().clone() }
  }
}

extension Execution {
  /// Whether a tensor of a training's state lies in a file: one that is large, and row-major as files hold it.
  func keepsInFile(_ tensor: Tensor) -> Bool {
    stateFolder != nil && device == .cpu && tensor.count * tensor.type.size >= 1 << 20
      && !(isChannelsLast && tensor.rank == 4)
  }

  /// A tensor of a training's state, in a file where memory does not hold it.
  package func kept(_ tensor: Tensor) throws -> Tensor {
    guard let stateFolder, keepsInFile(tensor) else { return tensor }
    return try tensor.copied(toFileOf: stateFolder)
  }

  /// Zeros in the form of a tensor of a training's state.
  func keptZeros(like tensor: Tensor) throws -> Tensor {
    guard let stateFolder, keepsInFile(tensor) else { return try tensor.zerosLike() }
    return try .zeros(tensor.shape, type: tensor.type, inFileOf: stateFolder)
  }
}

extension WeightedNetwork {
  /// The network with `placed` tensors.
  package func placed(for execution: Execution) throws -> WeightedNetwork {
    WeightedNetwork(graph, try parameters.placed(for: execution))
  }

  /// The network with `collected` tensors.
  package func collected() throws -> WeightedNetwork {
    WeightedNetwork(graph, try parameters.collected())
  }
}
