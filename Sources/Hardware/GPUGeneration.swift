/// A generation of NVIDIA GPUs, oldest first.
package enum GPUGeneration: String, Codable, Hashable, Sendable, CaseIterable {
  case early, volta, turing, ampere, hopper, ada, blackwell

  /// Reads the generation from the PCI device identifier.
  ///
  /// NVIDIA hands identifiers out in blocks by chip: GV100 from `1d80`, TU10x from `1e00`, GA100 from
  /// `2000`, TU116 and TU117 from `2180`, GA10x from `2200` and `2400`, GH100 from `2300`, AD10x from
  /// `2600`, and Blackwell's chips from `2900` on.
  package init(deviceIdentifier: Int) {
    switch deviceIdentifier {
    case ..<0x1d80: self = .early
    case ..<0x1e00: self = .volta
    case ..<0x2000: self = .turing
    case ..<0x2100: self = .ampere
    case ..<0x2200: self = .turing
    case ..<0x2300: self = .ampere
    case ..<0x2400: self = .hopper
    case ..<0x2600: self = .ampere
    case ..<0x2900: self = .ada
    default: self = .blackwell
    }
  }

  /// Whether GPUs of this generation multiply in `precision` with their own units.
  package func computes(_ precision: Precision) -> Bool {
    switch precision {
    case .fp32: true
    case .fp16: self != .early
    case .int8: self != .early && self != .volta
    case .bf16, .tf32: self != .early && self != .volta && self != .turing
    }
  }
}
