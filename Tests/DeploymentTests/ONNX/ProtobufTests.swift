import Artifacts
import Diagnostics
import Testing

@testable import Deployment

struct ProtobufTests {
  /// Expected bytes follow from the public encoding specification by hand.
  @Test(
    arguments: [
      (0, [0x08, 0x00]),
      (150, [0x08, 0x96, 0x01]),
      (-1, [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
    ] as [(Int64, [UInt8])])
  func `writes integers as the specification says`(value: Int64, bytes: [UInt8]) {
    var writer = ProtobufWriter()
    writer.write(value, field: 1)
    #expect(writer.bytes == bytes)
  }

  @Test func `writes text, floats and packed integers as the specification says`() {
    var writer = ProtobufWriter()
    writer.write("testing", field: 2)
    writer.write(Float(1), field: 3)
    writer.write(packed: [Int64](arrayLiteral: 3, 270, 86942), field: 4)
    writer.write(Double(1), field: 5)
    #expect(
      writer.bytes == [0x12, 0x07] + Array("testing".utf8) + [0x1d, 0, 0, 0x80, 0x3f]
        + [0x22, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]
        + [0x29, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
  }

  @Test(arguments: 0..<64)
  func `reads back every power of two and its neighbours`(bit: Int) throws {
    let power = Int64(bitPattern: 1 << UInt64(bit))
    let values = [power, power &- 1, power &+ 1, 0 &- power]
    var writer = ProtobufWriter()
    for (index, value) in values.enumerated() { writer.write(value, field: index + 1) }
    var reader = ProtobufReader(writer.bytes[...])
    for (index, value) in values.enumerated() {
      let field = try #require(try reader.next())
      #expect(field.number == index + 1)
      guard case .varint(let read) = field.value else {
        Issue.record("field \(field.number) is not a varint")
        return
      }
      #expect(Int64(bitPattern: read) == value)
    }
    let end = try reader.next()
    #expect(end == nil)
  }

  @Test(
    arguments: [
      ([0x08], "ends inside a number"),
      ([0x08, 0x80], "ends inside a number"),
      (
        [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
        "has a number beyond 64 bits"
      ),
      (
        [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
        "has a number beyond 64 bits"
      ),
      ([0x0a, 0x05, 0x00], "has a field of 5 bytes where 1 are left"),
      (
        [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        "has a field of 18446744073709551615 bytes where 0 are left"
      ),
      ([0x0d, 0x00, 0x00], "has a field of 4 bytes where 2 are left"),
      ([0x0b], "has a field of the unknown wire type 3"),
      ([0x00, 0x00], "has a field numbered 0"),
    ] as [([UInt8], String)])
  func `says what is wrong with damaged bytes`(bytes: [UInt8], fact: String) {
    let thrown = #expect(throws: Diagnostic.self) {
      var reader = ProtobufReader(bytes[...])
      while try reader.next() != nil {}
    }
    #expect(thrown?.message == "the ONNX file \(fact), at byte 0")
  }
}
