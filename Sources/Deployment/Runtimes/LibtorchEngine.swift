internal import Diagnostics
package import Hardware
internal import Learning
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
  private let device: Device
  private var inputs: [String: Tensor] = [:]
  private var output: Tensor?

  /// Without further words the network runs as it was trained to: in 32-bit floats, laid out plainly.
  package init(
    _ network: WeightedNetwork, precision: Precision = .fp32, threads: Int,
    isChannelsLast: Bool = false, batch: Int, device: Device = .cpu
  ) throws {
    try Engine.prepare(device)
    self.precision = precision
    self.threads = threads
    self.isChannelsLast = isChannelsLast
    self.batch = batch
    self.device = device
    let parameters = try network.parameters.mapValues { tensor in
      let placed = try tensor.detach().to(device)
      return isChannelsLast && placed.rank == 4 ? try placed.channelsLast() : placed
    }
    self.network = WeightedNetwork(network.graph, parameters)
  }

  package func load(_ arrays: [String: HostArray]) throws {
    inputs = try arrays.mapValues { array in
      let tensor = try Tensor(bytes: array.bytes, shape: array.shape, type: array.type).to(device)
      return isChannelsLast && tensor.rank == 4 ? try tensor.channelsLast() : tensor
    }
  }

  package func run() throws {
    try Engine.setThreads(threads)
    output = try withoutGradients {
      let inputs = try ModelInput.cast(inputs)
      guard precision != .fp32 else {
        return try network.forward(inputs)
      }
      return try withAutocast(precision, on: device) {
        try network.forward(inputs)
      }
    }
  }

  package func result() throws -> [Float] {
    guard let output else { return [] }
    return try output.array(Float.self)
  }
}
