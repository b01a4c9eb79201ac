internal import Diagnostics

/// How the elements of a stored array lie.
struct ArrayLayout: Hashable, Sendable {
  let element: ArrayElement

  /// The lengths of all axes, the rows first.
  let shape: [Int]

  /// Whether the first axis varies fastest, as Fortran has it.
  let isFortran: Bool

  /// Bytes of all elements.
  let byteCount: Int

  /// More axes than any array has that rows are made of.
  static let mostAxes = 32

  init(_ element: ArrayElement, shape: [Int], isFortran: Bool = false) throws(Diagnostic) {
    // An axis of length 0 must not hide that others are too long to be multiplied.
    var largest = element.size
    for length in shape {
      let (product, overflows) = largest.multipliedReportingOverflow(by: max(length, 1))
      guard length >= 0, !overflows else {
        throw Diagnostic("its shape \(Self.text(shape)) is larger than any file")
      }
      largest = product
    }
    self.element = element
    self.shape = shape
    // Where one axis alone is longer than 1, both orders are the same.
    self.isFortran = isFortran && shape.count { $0 > 1 } > 1
    byteCount = shape.contains(0) ? 0 : largest
  }

  var rows: Int { shape.first ?? 1 }

  /// The shape of one row.
  var rowShape: [Int] { Array(shape.dropFirst()) }

  /// Elements of one row.
  var width: Int { rowShape.reduce(1, *) }

  /// Bytes of one row.
  var rowBytes: Int { width * element.size }

  /// A shape as its user writes it, such as `[60000, 28, 28]`.
  static func text(_ shape: [Int]) -> String {
    "[\(shape.map(String.init).joined(separator: ", "))]"
  }
}
