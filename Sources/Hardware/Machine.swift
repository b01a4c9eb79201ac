/// What this machine offers to a pipeline, found without opening any native library.
package struct Machine: Codable, Hashable, Sendable {
  /// Logical processors that this process may use: affinity and control-group quota count.
  package var cores: Int
  /// Physical cores behind them; two hardware threads of one core count once.
  package var physicalCores: Int
  /// Bytes of memory that this process may use: control-group limits count.
  package var memory: Int
  /// The processor's name.
  package var processor: String
  /// The processor's feature flags as the kernel spells them.
  package var features: Set<String>
  package var instructionSet: InstructionSet
  package var accelerators: [Accelerator]
  /// What was looked for to find the accelerators.
  package var searches: [DeviceSearch]

  package init(
    cores: Int, physicalCores: Int? = nil, memory: Int, processor: String = "unknown processor",
    features: Set<String> = [], accelerators: [Accelerator] = [], searches: [DeviceSearch] = []
  ) {
    self.cores = cores
    self.physicalCores = physicalCores ?? cores
    self.memory = memory
    self.processor = processor
    self.features = features
    self.instructionSet = InstructionSet(flags: features)
    self.accelerators = accelerators
    self.searches = searches
  }

  /// Whether `device` is here and multiplies in `precision` natively, without emulating it.
  package func computes(_ precision: Precision, on device: Device) -> Bool {
    guard device == .cpu else {
      return accelerators.first { $0.device == device }?.computes(precision) ?? false
    }
    return switch precision {
    case .fp32: true
    case .tf32: false
    case .bf16: !features.isDisjoint(with: ["avx512_bf16", "amx_bf16"])
    case .fp16: !features.isDisjoint(with: ["avx512_fp16", "amx_fp16"])
    case .int8: !features.isDisjoint(with: ["avx512_vnni", "avx_vnni", "amx_int8"])
    }
  }

  /// Whether `device` is here.
  package func has(_ device: Device) -> Bool {
    device == .cpu || accelerators.contains { $0.device == device }
  }
}
