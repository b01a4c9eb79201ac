internal import CTensor
package import Diagnostics

/// Comparisons, element by element; results are `bool` tensors.
extension Tensor {
  package func equals(_ y: Tensor) throws(Diagnostic) -> Tensor { try binary(ANNEAL_EQUAL, y) }
  package func equals(_ y: Double) throws(Diagnostic) -> Tensor { try binary(ANNEAL_EQUAL, y) }

  package func differs(from y: Tensor) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_NOT_EQUAL, y)
  }

  package func differs(from y: Double) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_NOT_EQUAL, y)
  }

  package static func < (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_LESS, y, "<")
  }

  package static func < (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_LESS, y, "<")
  }

  package static func <= (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_LESS_EQUAL, y, "<=")
  }

  package static func <= (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_LESS_EQUAL, y, "<=")
  }

  package static func > (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_GREATER, y, ">")
  }

  package static func > (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_GREATER, y, ">")
  }

  package static func >= (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_GREATER_EQUAL, y, ">=")
  }

  package static func >= (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_GREATER_EQUAL, y, ">=")
  }

  package func and(_ y: Tensor) throws(Diagnostic) -> Tensor { try binary(ANNEAL_AND, y) }
  package func or(_ y: Tensor) throws(Diagnostic) -> Tensor { try binary(ANNEAL_OR, y) }
  package func xor(_ y: Tensor) throws(Diagnostic) -> Tensor { try binary(ANNEAL_XOR, y) }
  package func not() throws(Diagnostic) -> Tensor { try unary(ANNEAL_NOT) }
  package func isFinite() throws(Diagnostic) -> Tensor { try unary(ANNEAL_IS_FINITE) }
  package func isNaN() throws(Diagnostic) -> Tensor { try unary(ANNEAL_IS_NAN) }

  /// Takes from `x` where this `bool` tensor holds, from `y` elsewhere.
  package func choose(_ x: Tensor, _ y: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, x, y) {
      unsafe $0.arithmetic.pointee.`where`(handle, x.handle, y.handle, $1)
    }
  }

  /// A copy with `value` where the `bool` tensor `mask` holds.
  package func filled(where mask: Tensor, with value: Double) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, mask) {
      unsafe $0.arithmetic.pointee.masked_fill(handle, mask.handle, value, $1)
    }
  }
}
