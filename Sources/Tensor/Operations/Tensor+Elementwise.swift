internal import CTensor
package import Diagnostics

/// Functions of one element.
extension Tensor {
  package func abs() throws(Diagnostic) -> Tensor { try unary(ANNEAL_ABS) }
  /// -1, 0 or 1.
  package func sign() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SIGN) }
  package func sqrt() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SQRT) }
  package func reciprocalSqrt() throws(Diagnostic) -> Tensor { try unary(ANNEAL_RSQRT) }
  package func square() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SQUARE) }
  package func reciprocal() throws(Diagnostic) -> Tensor { try unary(ANNEAL_RECIPROCAL) }
  package func exp() throws(Diagnostic) -> Tensor { try unary(ANNEAL_EXP) }
  /// The natural logarithm.
  package func log() throws(Diagnostic) -> Tensor { try unary(ANNEAL_LOG) }
  /// log(1 + x), exact for small x.
  package func log1p() throws(Diagnostic) -> Tensor { try unary(ANNEAL_LOG1P) }
  package func log2() throws(Diagnostic) -> Tensor { try unary(ANNEAL_LOG2) }
  package func sin() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SIN) }
  package func cos() throws(Diagnostic) -> Tensor { try unary(ANNEAL_COS) }
  /// The Gaussian error function.
  package func erf() throws(Diagnostic) -> Tensor { try unary(ANNEAL_ERF) }
  package func floor() throws(Diagnostic) -> Tensor { try unary(ANNEAL_FLOOR) }
  package func ceil() throws(Diagnostic) -> Tensor { try unary(ANNEAL_CEIL) }
  /// The nearest integer, halves to even.
  package func round() throws(Diagnostic) -> Tensor { try unary(ANNEAL_ROUND) }
  /// The integer part, towards zero.
  package func truncate() throws(Diagnostic) -> Tensor { try unary(ANNEAL_TRUNC) }
}
