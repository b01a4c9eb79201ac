internal import CTensor
package import Diagnostics

/// Activation functions, element by element.
extension Tensor {
  /// max(x, 0)
  package func relu() throws(Diagnostic) -> Tensor { try unary(ANNEAL_RELU) }
  /// min(max(x, 0), 6)
  package func relu6() throws(Diagnostic) -> Tensor { try unary(ANNEAL_RELU6) }
  /// x Φ(x), exactly.
  package func gelu() throws(Diagnostic) -> Tensor { try unary(ANNEAL_GELU) }
  /// x Φ(x) by the tanh approximation (Hendrycks and Gimpel 2016).
  package func geluTanh() throws(Diagnostic) -> Tensor { try unary(ANNEAL_GELU_TANH) }
  /// x σ(x)
  package func silu() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SILU) }
  /// 1 / (1 + exp(-x))
  package func sigmoid() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SIGMOID) }
  /// log σ(x) without overflow.
  package func logSigmoid() throws(Diagnostic) -> Tensor { try unary(ANNEAL_LOG_SIGMOID) }
  package func tanh() throws(Diagnostic) -> Tensor { try unary(ANNEAL_TANH) }
  /// x relu6(x + 3) / 6
  package func hardswish() throws(Diagnostic) -> Tensor { try unary(ANNEAL_HARDSWISH) }
  /// relu6(x + 3) / 6
  package func hardsigmoid() throws(Diagnostic) -> Tensor { try unary(ANNEAL_HARDSIGMOID) }
  /// log(1 + exp(x))
  package func softplus() throws(Diagnostic) -> Tensor { try unary(ANNEAL_SOFTPLUS) }

  /// exp(x) / Σ exp(x) along `dimension`.
  package func softmax(_ dimension: Int = -1) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.layer.pointee.softmax(handle, dimension, false, $1) }
  }

  /// log softmax without overflow.
  package func logSoftmax(_ dimension: Int = -1) throws(Diagnostic) -> Tensor {
    try .made(keeping: self) { unsafe $0.layer.pointee.softmax(handle, dimension, true, $1) }
  }
}
