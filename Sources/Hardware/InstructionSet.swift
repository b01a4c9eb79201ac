/// A level of x86-64 vector instructions; each level includes the ones before it.
///
/// Numeric libraries choose their kernels by this level, so it belongs to the recorded numerics: the
/// same program rounds differently on another level.
package enum InstructionSet: String, Codable, Hashable, Sendable, CaseIterable {
  case baseline
  case avx2
  case avx2VNNI = "avx2-vnni"
  case avx512
  case avx512VNNI = "avx512-vnni"
  case avx512BF16 = "avx512-bf16"
  case avx512FP16 = "avx512-fp16"
  case amx

  /// The highest level whose instructions are all among the kernel's `flags` of a processor.
  package init(flags: Set<String>) {
    self = Self.allCases.last { flags.isSuperset(of: $0.requiredFlags) } ?? .baseline
  }

  /// The flags, as `/proc/cpuinfo` spells them, that a processor of this level has.
  package var requiredFlags: Set<String> {
    switch self {
    case .baseline: []
    case .avx2: ["avx2", "fma"]
    case .avx2VNNI: ["avx2", "fma", "avx_vnni"]
    case .avx512: Self.avx512Flags
    case .avx512VNNI: Self.avx512Flags.union(["avx512_vnni"])
    case .avx512BF16: Self.avx512Flags.union(["avx512_vnni", "avx512_bf16"])
    case .avx512FP16: Self.avx512Flags.union(["avx512_vnni", "avx512_bf16", "avx512_fp16"])
    case .amx:
      Self.avx512Flags.union([
        "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_bf16", "amx_int8",
      ])
    }
  }

  private static let avx512Flags: Set<String> = [
    "avx2", "fma", "avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl",
  ]
}

extension InstructionSet: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.level < right.level }

  private var level: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
