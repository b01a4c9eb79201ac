/// A message in the wire format of protocol buffers, written field by field.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, _ number: Int64) {
    add(key: field, wire: 0)
    add(varint: UInt64(bitPattern: number))
  }

  mutating func add(_ field: Int, _ number: Double) {
    add(key: field, wire: 1)
    add(fixed: number.bitPattern)
  }

  mutating func add(_ field: Int, _ number: Float) {
    add(key: field, wire: 5)
    add(fixed: number.bitPattern)
  }

  mutating func add(_ field: Int, _ content: [UInt8]) {
    add(key: field, wire: 2)
    add(varint: UInt64(content.count))
    bytes += content
  }

  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  mutating func add(_ field: Int, _ build: (inout ProtocolBuffer) -> Void) {
    var inner = ProtocolBuffer()
    build(&inner)
    add(field, inner.bytes)
  }

  private mutating func add(key field: Int, wire: UInt64) {
    add(varint: UInt64(field) << 3 | wire)
  }

  private mutating func add(varint: UInt64) {
    var rest = varint
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func add<Number: FixedWidthInteger>(fixed number: Number) {
    for place in 0..<Number.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
    }
  }
}
