package import Hardware
internal import Options

/// A precision as a pipeline asks for it.
package enum PrecisionRequest: String, NamedOption, Hashable {
  case fp32, tf32, bf16, fp16

  package var precision: Precision {
    switch self {
    case .fp32: .fp32
    case .tf32: .tf32
    case .bf16: .bf16
    case .fp16: .fp16
    }
  }

  package var summary: String {
    switch self {
    case .fp32: "Single precision."
    case .tf32: "Single precision with 10-bit mantissas in matrix products, on recent GPUs."
    case .bf16: "Products in bfloat16, weights and sums in single precision."
    case .fp16: "Products in half precision with a scaled loss, weights in single precision."
    }
  }
}
