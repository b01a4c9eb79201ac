package import Network
import Tensor
import Hardware

extension [String: Tensor] {
  /// Copies on the execution's device and in its layout, outside any record of gradients.
  package func placed(for execution: Execution) throws -> Parameters {
    try mapValues { tensor in
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
