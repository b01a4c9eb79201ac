internal import Options

/// How far a pipeline's bits have to travel.
package enum NumericsMode: String, NamedOption, Hashable {
  case native, portable

  package var summary: String {
    switch self {
    case .native: "The fastest kernels of this machine; the same machine gives the same bits."
    case .portable:
      "AVX2 and one thread, so that every x86-64 machine with AVX2 gives the same bits."
    }
  }
}
