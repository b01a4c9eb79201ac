internal import Diagnostics

/// Turns the bytes of a stored array's elements into values.
struct ArrayDecoder {
  let element: ArrayElement

  /// Whole numbers from 0 to 255, of elements that are such.
  func bytes(_ bytes: [UInt8]) -> [UInt8] {
    element.kind == .bool ? bytes.map { $0 == 0 ? 0 : 1 } : bytes
  }

  /// Numbers in 32 bits.
  func floats(_ bytes: [UInt8]) -> [Float] {
    switch (element.kind, element.size) {
    case (.bool, _): bytes.map { $0 == 0 ? 0 : 1 }
    case (.unsigned, 1): bytes.map { Float($0) }
    case (.unsigned, 2): numbers(bytes, as: UInt16.self) { Float($0) }
    case (.unsigned, 4): numbers(bytes, as: UInt32.self) { Float($0) }
    case (.unsigned, _): numbers(bytes, as: UInt64.self) { Float($0) }
    case (.signed, 1): bytes.map { Float(Int8(bitPattern: $0)) }
    case (.signed, 2): numbers(bytes, as: UInt16.self) { Float(Int16(bitPattern: $0)) }
    case (.signed, 4): numbers(bytes, as: UInt32.self) { Float(Int32(bitPattern: $0)) }
    case (.signed, _): numbers(bytes, as: UInt64.self) { Float(Int64(bitPattern: $0)) }
    case (.brainFloat, _):
      numbers(bytes, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    case (.float, 2): numbers(bytes, as: UInt16.self) { Float(Float16(bitPattern: $0)) }
    case (.float, 4): numbers(bytes, as: UInt32.self) { Float(bitPattern: $0) }
    case (.float, _): numbers(bytes, as: UInt64.self) { Float(Double(bitPattern: $0)) }
    case (.bytes, _), (.characters, _): []
    }
  }

  /// Numbers in 64 bits.
  func doubles(_ bytes: [UInt8]) -> [Double] {
    switch (element.kind, element.size) {
    case (.unsigned, 4): numbers(bytes, as: UInt32.self) { Double($0) }
    case (.unsigned, 8): numbers(bytes, as: UInt64.self) { Double($0) }
    case (.signed, 4): numbers(bytes, as: UInt32.self) { Double(Int32(bitPattern: $0)) }
    case (.signed, 8): numbers(bytes, as: UInt64.self) { Double(Int64(bitPattern: $0)) }
    case (.float, 8): numbers(bytes, as: UInt64.self) { Double(bitPattern: $0) }
    default: floats(bytes).map { Double($0) }
    }
  }

  /// The elements as texts; nil where one is missing.
  func texts(_ bytes: [UInt8]) -> [String?] {
    switch (element.kind, element.size) {
    case (.bool, _): bytes.map { $0 == 0 ? "false" : "true" }
    case (.unsigned, 8): numbers(bytes, as: UInt64.self) { String($0) }
    case (.signed, 8): numbers(bytes, as: UInt64.self) { String(Int64(bitPattern: $0)) }
    case (.float, 8): numbers(bytes, as: UInt64.self) { Self.text(Double(bitPattern: $0)) }
    case (.bytes, let size): pieces(bytes, size).map(Self.text)
    case (.characters, let size): pieces(bytes, size).map(characters)
    default: floats(bytes).map(Self.text)
    }
  }

  private func numbers<Bits: FixedWidthInteger, Number>(
    _ bytes: [UInt8], as bits: Bits.Type, _ number: (Bits) -> Number
  ) -> [Number] {
    let count = bytes.count / MemoryLayout<Bits>.size
    return unsafe bytes.withUnsafeBytes { buffer in
      unsafe [Number](unsafeUninitializedCapacity: count) { numbers, filled in
        for index in 0..<count {
          let stored = unsafe buffer.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
          let value = number(element.isBigEndian ? Bits(bigEndian: stored) : stored)
          unsafe numbers.initializeElement(at: index, to: value)
        }
        filled = count
      }
    }
  }

  private func pieces(_ bytes: [UInt8], _ size: Int) -> [ArraySlice<UInt8>] {
    stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
  }

  private static func text(_ number: Float) -> String? {
    if number.isNaN { return nil }
    return Int(exactly: number).map(String.init) ?? "\(number)"
  }

  private static func text(_ number: Double) -> String? {
    if number.isNaN { return nil }
    return Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// A text without the zeros that fill it up and the blanks around it; nil where nothing is left.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    var rest = bytes
    while rest.last == 0 { rest.removeLast() }
    let text = String(decoding: Cell.trimmed(rest), as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  private func characters(_ bytes: ArraySlice<UInt8>) -> String? {
    let words = numbers(Array(bytes), as: UInt32.self) { $0 }
    var text = String.UnicodeScalarView()
    for word in words.prefix(1 + (words.lastIndex { $0 != 0 } ?? -1)) {
      text.append(UnicodeScalar(word) ?? "\u{fffd}")
    }
    return Self.text(Array(String(text).utf8)[...])
  }
}
