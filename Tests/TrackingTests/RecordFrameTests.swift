import Testing

@testable import Tracking

struct `A frame of a record` {
  /// The examples of RFC 3720, appendix B.4.
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
      ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
      (Array(0..<32), 0x46dd_794e), (Array("123456789".utf8), 0xe306_9283), ([], 0),
    ] as [([UInt8], UInt32)])
  func `has the checksums of its standard`(bytes: [UInt8], sum: UInt32) {
    #expect(RecordFrame.checksum(of: bytes) == sum)
  }

  @Test func `says how long it is`() {
    let frame = RecordFrame.framed(Array("ab".utf8))
    #expect(frame.count == 8 + 4 + 2 + 4)
    #expect(frame.prefix(8) == [2, 0, 0, 0, 0, 0, 0, 0])
    #expect(frame[12..<14] == [97, 98])
  }
}
