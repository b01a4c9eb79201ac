internal import CTensor
package import Diagnostics

/// Arithmetic, element by element, with broadcasting of sizes 1.
extension Tensor {
  package static func + (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_ADD, y, "+")
  }

  package static func + (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_ADD, y, "+")
  }

  package static func + (x: Double, y: Tensor) throws(Diagnostic) -> Tensor { try y + x }

  package static func - (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_SUBTRACT, y, "-")
  }

  package static func - (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_SUBTRACT, y, "-")
  }

  package static func - (x: Double, y: Tensor) throws(Diagnostic) -> Tensor { try -y + x }

  package static prefix func - (x: Tensor) throws(Diagnostic) -> Tensor {
    try x.unary(ANNEAL_NEGATE, "-")
  }

  package static func * (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_MULTIPLY, y, "*")
  }

  package static func * (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_MULTIPLY, y, "*")
  }

  package static func * (x: Double, y: Tensor) throws(Diagnostic) -> Tensor { try y * x }

  package static func / (x: Tensor, y: Tensor) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_DIVIDE, y, "/")
  }

  package static func / (x: Tensor, y: Double) throws(Diagnostic) -> Tensor {
    try x.binary(ANNEAL_DIVIDE, y, "/")
  }

  package static func / (x: Double, y: Tensor) throws(Diagnostic) -> Tensor {
    try y.reciprocal() * x
  }

  /// The quotient, rounded down.
  package func floorDivided(by y: Double) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_FLOOR_DIVIDE, y)
  }

  /// The remainder with the sign of the divisor.
  package func remainder(dividingBy y: Double) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_REMAINDER, y)
  }

  package func power(_ exponent: Double) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_POWER, exponent)
  }

  package func power(_ exponent: Tensor) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_POWER, exponent)
  }

  /// The larger of two elements; NaN where either is.
  package func maximum(_ y: Tensor) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_MAXIMUM, y)
  }

  /// The smaller of two elements; NaN where either is.
  package func minimum(_ y: Tensor) throws(Diagnostic) -> Tensor {
    try binary(ANNEAL_MINIMUM, y)
  }

  /// The angle of the point (x, self) in radians.
  package func atan2(_ x: Tensor) throws(Diagnostic) -> Tensor { try binary(ANNEAL_ATAN2, x) }

  /// Matrix product of the last two dimensions; the others broadcast.
  package func matmul(_ y: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, y) { unsafe $0.arithmetic.pointee.matmul(handle, y.handle, $1) }
  }

  /// Limits elements to `bounds`; an infinite bound does not bind.
  package func clamp(_ low: Double = -.infinity, _ high: Double = .infinity) throws(Diagnostic)
    -> Tensor
  {
    try .made(keeping: self) { unsafe $0.arithmetic.pointee.clamp(handle, low, high, $1) }
  }

  /// Limits elements to bounds that broadcast against this tensor.
  package func clamp(_ low: Tensor, _ high: Tensor) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, low, high) {
      unsafe $0.arithmetic.pointee.clamp_tensor(handle, low.handle, high.handle, $1)
    }
  }

  func binary(
    _ function: anneal_binary, _ y: Tensor, _ operation: StaticString = #function
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, y, operation: operation) {
      unsafe $0.arithmetic.pointee.binary(Int32(function.rawValue), handle, y.handle, $1)
    }
  }

  func binary(
    _ function: anneal_binary, _ y: Double, _ operation: StaticString = #function
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, operation: operation) {
      unsafe $0.arithmetic.pointee.binary_number(Int32(function.rawValue), handle, y, $1)
    }
  }

  func unary(
    _ function: anneal_unary, _ operation: StaticString = #function
  ) throws(Diagnostic) -> Tensor {
    try .made(keeping: self, operation: operation) {
      unsafe $0.arithmetic.pointee.unary(Int32(function.rawValue), handle, $1)
    }
  }
}
