internal import Diagnostics
package import Hardware
package import Network
internal import Tensor

/// A network run operation by operation in libtorch.
package final class LibtorchEngine: InferenceEngine {
  package let batch: Int
  package let streams = 1
  private let network: WeightedNetwork
  private let precision: Precision
  private let threads: Int
  private let isChannelsLast: Bool
  private var inputs: [String: Tensor] = [:]
  private var output: Tensor?

  package init(
    _ network: WeightedNetwork, precision: Precision, threads: Int, isChannelsLast: Bool,
    batch: Int
  ) throws {
    self.precision = precision
    self.threads = threads
    self.isChannelsLast = isChannelsLast
    self.batch = batch
    let parameters = try network.parameters.mapValues { tensor in
      isChannelsLast && tensor.rank == 4 ? try tensor.detach().channelsLast() : try tensor.detach()
    }
    self.network = WeightedNetwork(network.graph, parameters)
  }

  package func load(_ arrays: [String: HostArray]) throws {
    inputs = try arrays.mapValues { array in
      let tensor = try Tensor(bytes: array.bytes, shape: array.shape, type: array.type)
      return isChannelsLast && tensor.rank == 4 ? try tensor.channelsLast() : tensor
    }
  }

  package func run() throws {
    try Engine.setThreads(threads)
    output = try withoutGradients {
      // Bytes of images become floats as in training; category codes stay.
      let inputs = try inputs.mapValues { $0.type == .uint8 ? try $0.to(.float32) : $0 }
      guard precision != .fp32 else {
        return try network.forward(inputs)
      }
      return try withAutocast(precision, on: .cpu) {
        try network.forward(inputs)
      }
    }
  }

  package func result() throws -> [Float] {
    guard let output else { return [] }
    return try output.array(Float.self)
  }
}
