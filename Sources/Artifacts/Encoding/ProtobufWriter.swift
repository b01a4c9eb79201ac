/// Appends fields in the wire format of protocol buffers.
///
/// Each field is a tag (the field's number and a wire type) and a value; the wire format is the one
/// of the public encoding specification. Values that equal the schema's default are written all the
/// same: in ONNX, which is proto2, a present zero and an absent field differ.
package struct ProtobufWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: Int64, field: Int) {
    tag(field, .varint)
    varint(UInt64(bitPattern: value))
  }

  package mutating func write(_ value: Float, field: Int) {
    tag(field, .fixed32)
    fixed(value.bitPattern)
  }

  package mutating func write(_ value: Double, field: Int) {
    tag(field, .fixed64)
    fixed(value.bitPattern)
  }

  package mutating func write(_ text: String, field: Int) {
    write(Array(text.utf8), field: field)
  }

  package mutating func write(_ contents: [UInt8], field: Int) {
    tag(field, .lengthDelimited)
    varint(UInt64(contents.count))
    bytes.append(contentsOf: contents)
  }

  /// Writes a nested message that `body` fills.
  package mutating func write(field: Int, _ body: (inout ProtobufWriter) -> Void) {
    var nested = ProtobufWriter()
    body(&nested)
    write(nested.bytes, field: field)
  }

  /// Writes a repeated integer field in its packed form, nothing where it is empty.
  package mutating func write(packed values: [Int64], field: Int) {
    guard !values.isEmpty else { return }
    write(field: field) { nested in
      for value in values { nested.varint(UInt64(bitPattern: value)) }
    }
  }

  private mutating func tag(_ field: Int, _ wire: ProtobufWireType) {
    varint(UInt64(field) << 3 | UInt64(wire.rawValue))
  }

  private mutating func fixed(_ pattern: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: pattern.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
