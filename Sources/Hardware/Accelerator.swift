/// A GPU or TPU that this machine has.
package struct Accelerator: Codable, Hashable, Sendable {
  package var device: Device
  /// The name that its driver or its bus gives, such as `NVIDIA H100 80GB HBM3`.
  package var name: String
  /// Its memory in bytes, where the name states it.
  package var memory: Int?
  /// The generation of an NVIDIA GPU, where its bus identifier tells.
  package var generation: GPUGeneration?

  package init(
    device: Device, name: String, memory: Int? = nil, generation: GPUGeneration? = nil
  ) {
    self.device = device
    self.name = name
    self.memory = memory
    self.generation = generation
  }

  /// Whether it multiplies in `precision` with its own units.
  package func computes(_ precision: Precision) -> Bool {
    switch device {
    case .cpu: false
    case .tpu: precision == .bf16 || precision == .int8
    case .cuda: precision == .fp32 || (generation?.computes(precision) ?? false)
    }
  }
}
