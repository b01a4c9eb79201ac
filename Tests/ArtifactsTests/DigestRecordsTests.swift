import Testing

@testable import Artifacts

@Suite struct DigestRecordsTests {
  static func file(_ inode: UInt64, device: UInt64 = 1, changed: Int = 7) -> FileIdentity {
    FileIdentity(device: device, inode: inode, size: 3, modified: -5, changed: changed)
  }

  static func record(
    _ inode: UInt64, _ text: String, day: Int = 100, device: UInt64 = 1
  ) -> DigestRecords.Record {
    DigestRecords.Record(file: file(inode, device: device), day: day, digest: Digest(of: text))
  }

  static let some = DigestRecords([
    record(9, "nine"), record(2, "two", day: 40), record(2, "other device", device: 2),
    record(5, "five"),
  ])

  @Test func `what was written is read again`() {
    #expect(Self.some.records.map(\.file.inode) == [2, 5, 9, 2])
    #expect(DigestRecords(parsing: Self.some.bytes) == Self.some)
    #expect(DigestRecords(parsing: DigestRecords().bytes) == DigestRecords())
  }

  @Test func `one changed byte or a lost end leaves nothing`() {
    let bytes = Self.some.bytes
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= 0x10
      #expect(DigestRecords(parsing: damaged) == DigestRecords(), "byte \(index)")
      #expect(DigestRecords(parsing: Array(bytes[..<index])) == DigestRecords(), "cut at \(index)")
    }
  }

  @Test func `only the very same file has its digest`() {
    var records = Self.some
    for record in Self.some.records {
      #expect(records.digest(of: record.file, on: 101) == record.digest)
    }
    #expect(records.records.allSatisfy { $0.day == 101 })
    #expect(records.digest(of: Self.file(5, changed: 8), on: 101) == nil)
    #expect(records.digest(of: Self.file(3), on: 101) == nil)
    #expect(records.digest(of: Self.file(10, device: 3), on: 101) == nil)
  }

  @Test func `new records replace those of their inodes, and old ones go`() {
    let merged = Self.some.adding(
      [Self.record(11, "eleven"), Self.record(5, "new"), Self.record(1, "one")], droppingBefore: 60)
    #expect(
      merged
        == DigestRecords([
          Self.record(1, "one"), Self.record(5, "new"), Self.record(9, "nine"),
          Self.record(11, "eleven"), Self.record(2, "other device", device: 2),
        ]))
  }
}
