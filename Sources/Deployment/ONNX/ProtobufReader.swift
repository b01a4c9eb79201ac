internal import Artifacts
package import Diagnostics

/// Walks over the fields of one message without copying it.
///
/// Bytes are hostile until parsed: every length is checked against what is left before it is used,
/// a varint ends within ten bytes, and field numbers are positive. Nothing is allocated on the word
/// of a length.
package struct ProtobufReader {
  package struct Field {
    package let number: Int
    package let value: Value
    /// Where the field starts in the file, for messages.
    package let offset: Int
  }

  package enum Value {
    case varint(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  private var rest: ArraySlice<UInt8>

  package init(_ message: ArraySlice<UInt8>) {
    rest = message
  }

  /// The next field, or nil at the end of the message.
  package mutating func next() throws(Diagnostic) -> Field? {
    guard !rest.isEmpty else { return nil }
    let offset = rest.startIndex
    let tag = try varint(offset)
    guard let number = Int(exactly: tag >> 3), number > 0, number < 1 << 29 else {
      throw damaged("has a field numbered \(tag >> 3)", offset)
    }
    guard let wire = ProtobufWireType(rawValue: UInt8(tag & 7)) else {
      throw damaged("has a field of the unknown wire type \(tag & 7)", offset)
    }
    return Field(number: number, value: try value(wire, offset), offset: offset)
  }

  private mutating func value(_ wire: ProtobufWireType, _ offset: Int) throws(Diagnostic) -> Value {
    switch wire {
    case .varint: .varint(try varint(offset))
    case .fixed64: .fixed64(try fixed(8, offset))
    case .fixed32: .fixed32(UInt32(truncatingIfNeeded: try fixed(4, offset)))
    case .lengthDelimited: .bytes(try take(try varint(offset), offset))
    }
  }

  private mutating func varint(_ offset: Int) throws(Diagnostic) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { throw damaged("ends inside a number", offset) }
      guard shift < 63 || byte < 2 else { throw damaged("has a number beyond 64 bits", offset) }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    throw damaged("has a number beyond 64 bits", offset)
  }

  private mutating func fixed(_ count: Int, _ offset: Int) throws(Diagnostic) -> UInt64 {
    try take(UInt64(count), offset).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func take(_ count: UInt64, _ offset: Int) throws(Diagnostic) -> ArraySlice<UInt8>
  {
    guard count <= UInt64(rest.count) else {
      throw damaged("has a field of \(count) bytes where \(rest.count) are left", offset)
    }
    let taken = rest.prefix(Int(count))
    rest = rest.dropFirst(Int(count))
    return taken
  }

  private func damaged(_ fact: String, _ offset: Int) -> Diagnostic {
    Diagnostic("the ONNX file \(fact), at byte \(offset)")
  }
}

extension ProtobufReader {
  /// The integers of a packed field's bytes.
  package static func packedIntegers(_ bytes: ArraySlice<UInt8>) throws(Diagnostic) -> [Int64] {
    var reader = ProtobufReader(bytes)
    var values: [Int64] = []
    while !reader.rest.isEmpty {
      values.append(Int64(bitPattern: try reader.varint(reader.rest.startIndex)))
    }
    return values
  }
}
