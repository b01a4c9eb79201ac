package import Options

/// The integer grid that an activation is rounded to: x ≈ scale · (q - zero point).
package struct ActivationQuantization: Hashable, Sendable {
  package var scale = 1.0
  package var zeroPoint = 0
  /// The bits of the grid, 2 to 8.
  package var bits = 8
  /// Whether the integers are signed; unsigned grids run from 0.
  package var isSigned = false

  package init() {}

  package init(scale: Double, zeroPoint: Int, bits: Int = 8, isSigned: Bool = false) {
    self.scale = scale
    self.zeroPoint = zeroPoint
    self.bits = bits
    self.isSigned = isSigned
  }

  /// The integers that the grid has.
  package var range: ClosedRange<Int> {
    isSigned ? -(1 << (bits - 1))...(1 << (bits - 1)) - 1 : 0...(1 << bits) - 1
  }
}

extension ActivationQuantization: Options {
  package static let summary = "The integer grid that an activation is rounded to."

  package static var fields: [Field<Self>] {
    option("scale", \.scale, in: .above(0), required: true, "The distance of two grid points.")
    option("zero-point", \.zeroPoint, in: -128...255, required: true, "The integer for zero.")
    option("bits", \.bits, in: 2...8, "The bits of the grid.")
    option("signed", \.isSigned, "Whether the integers are signed.")
  }
}
