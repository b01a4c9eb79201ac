internal import Hardware
internal import Pipeline

/// The environment variables that numeric libraries read once, as they load.
///
/// Workers are shared only between jobs for which these agree.
struct WorkerEnvironment: Hashable, Sendable {
  let variables: [String: String]

  /// Settings that change no number and hold where the caller has none of their own.
  ///
  /// Workers hold batches and activations of many megabytes, and a third of their system's time went to handing
  /// these out. So memory comes in large pages where the system has them to give, and from few arenas, so that
  /// what one thread freed serves the others.
  let habits: [String: String]

  init(_ resources: Resources) {
    let arenas = max(1, resources.threads / 2)
    habits = ["GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.arena_max=\(arenas)"]
    let threads = String(resources.threads)
    var variables = [
      "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads,
      // Where one operation runs in another, the inner one computes with a single thread.
      "OMP_MAX_ACTIVE_LEVELS": "1", "MKL_DYNAMIC": "FALSE", "OMP_DYNAMIC": "FALSE",
      "ATEN_CPU_CAPABILITY": resources.instructionSet.torchName,
      "ONEDNN_MAX_CPU_ISA": resources.instructionSet.oneDNNName,
      "MKL_ENABLE_INSTRUCTIONS": resources.instructionSet.mklName,
      // Settings of the caller's that would change bits without a trace in the records.
      "DNNL_MAX_CPU_ISA": resources.instructionSet.oneDNNName,
      "ONEDNN_DEFAULT_FPMATH_MODE": "STRICT", "DNNL_DEFAULT_FPMATH_MODE": "STRICT",
      // MKL picks its kernels by the processor's maker too; only this branch is the same for all.
      "MKL_CBWR": resources.isPortable == true ? "COMPATIBLE" : "AUTO",
    ]
    switch resources.device {
    case .cpu, .tpu: variables["CUDA_VISIBLE_DEVICES"] = ""
    case .cuda:
      // Devices count as the bus does, which is how the machine's description numbers them.
      variables["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
      // Without this workspace cuBLAS may sum in another order each time.
      variables["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    }
    self.variables = variables
  }
}

extension InstructionSet {
  /// The level as libtorch's own kernels name it.
  fileprivate var torchName: String {
    switch self {
    case .baseline: "default"
    case .avx2, .avx2VNNI: "avx2"
    case .avx512, .avx512VNNI, .avx512BF16, .avx512FP16, .amx: "avx512"
    }
  }

  /// The highest level that oneDNN may use.
  fileprivate var oneDNNName: String {
    switch self {
    case .baseline: "SSE41"
    case .avx2: "AVX2"
    case .avx2VNNI: "AVX2_VNNI"
    case .avx512: "AVX512_CORE"
    case .avx512VNNI: "AVX512_CORE_VNNI"
    case .avx512BF16: "AVX512_CORE_BF16"
    case .avx512FP16: "AVX512_CORE_FP16"
    case .amx: "DEFAULT"
    }
  }

  /// The highest level that MKL may use on the processors where it listens.
  fileprivate var mklName: String {
    switch self {
    case .baseline: "SSE4_2"
    case .avx2, .avx2VNNI: "AVX2"
    case .avx512: "AVX512"
    case .avx512VNNI: "AVX512_E1"
    case .avx512BF16: "AVX512_E2"
    case .avx512FP16: "AVX512_E3"
    case .amx: "AVX512_E4"
    }
  }
}
