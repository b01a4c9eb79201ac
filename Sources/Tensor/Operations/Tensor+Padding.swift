internal import CTensor
package import Diagnostics

/// What surrounds a tensor that is padded.
package enum Padding: Hashable, Sendable {
  case constant(Double)
  /// Mirrored without repeating the edge.
  case reflect
  /// The edge, repeated.
  case replicate
  /// The other end.
  case circular

  fileprivate var mode: String {
    switch self {
    case .constant: "constant"
    case .reflect: "reflect"
    case .replicate: "replicate"
    case .circular: "circular"
    }
  }

  fileprivate var value: Double {
    if case .constant(let value) = self { value } else { 0 }
  }
}

extension Tensor {
  /// Surrounds the last two dimensions of `[…, H, W]`; negative amounts crop.
  package func pad(
    top: Int, bottom: Int, left: Int, right: Int, with padding: Padding = .constant(0)
  ) throws(Diagnostic) -> Tensor {
    try pad([left, right, top, bottom], with: padding)
  }

  /// Adds (before, after) pairs of elements from the last dimension backwards.
  package func pad(
    _ amounts: [Int], with padding: Padding = .constant(0)
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) {
      unsafe $0.shape.pointee.pad(
        handle, amounts, amounts.count, padding.mode, padding.value, $1)
    }
  }
}
