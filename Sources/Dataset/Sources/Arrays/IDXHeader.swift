internal import Diagnostics

/// What stands before the elements of an array in the IDX format, in which MNIST is kept: two zeros, a type,
/// the number of axes, and their lengths, all big-endian.
struct IDXHeader {
  let layout: ArrayLayout

  /// Where the elements begin.
  let length: Int

  private static let mostAxes = 8

  /// Bytes that hold every header.
  static let longest = 4 + 4 * mostAxes

  /// Whether a file with these first bytes can be one of the format.
  static func matches(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && element(bytes[2]) != nil
      && (1...mostAxes).contains(Int(bytes[3]))
  }

  init(_ bytes: [UInt8]) throws(Diagnostic) {
    guard Self.matches(bytes), let element = Self.element(bytes[2]) else {
      throw Diagnostic(
        "it does not begin as IDX files do",
        remedy: "such files begin with two zeros, a type from 8 to 14 and the number of axes")
    }
    let axes = Int(bytes[3])
    length = 4 + 4 * axes
    guard bytes.count >= length else { throw Diagnostic("it ends within its header") }
    let shape = (0..<axes).map { axis in
      bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
    }
    layout = try ArrayLayout(element, shape: shape)
  }

  private static func element(_ code: UInt8) -> ArrayElement? {
    switch code {
    case 0x08: ArrayElement(kind: .unsigned, size: 1)
    case 0x09: ArrayElement(kind: .signed, size: 1)
    case 0x0b: ArrayElement(kind: .signed, size: 2, isBigEndian: true)
    case 0x0c: ArrayElement(kind: .signed, size: 4, isBigEndian: true)
    case 0x0d: ArrayElement(kind: .float, size: 4, isBigEndian: true)
    case 0x0e: ArrayElement(kind: .float, size: 8, isBigEndian: true)
    default: nil
    }
  }
}
