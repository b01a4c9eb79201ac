/// The form of the cache's file: a heading, a SHA-256 over what follows, and for each record ten
/// little-endian words of 64 bits.
extension DigestRecords {
  private static let heading = Array("anneal digests 2\n".utf8)
  private static let wordsPerRecord = 10

  var bytes: [UInt8] {
    var body: [UInt8] = []
    body.reserveCapacity(records.count * Self.wordsPerRecord * 8)
    for record in records {
      for word in record.words {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
          body.append(UInt8(truncatingIfNeeded: word >> shift))
        }
      }
    }
    return Self.heading + Digest(of: body).bytes + body
  }

  /// Reads a file. One that is damaged in any way holds nothing, which costs no more than reading the
  /// files again.
  init(parsing bytes: [UInt8]) {
    let start = Self.heading.count + 32
    let size = Self.wordsPerRecord * 8
    self.init()
    guard bytes.count >= start, (bytes.count - start) % size == 0,
      bytes.starts(with: Self.heading),
      Digest(of: bytes[start...]) == Digest(Array(bytes[Self.heading.count..<start]))
    else { return }
    self = DigestRecords(
      stride(from: start, to: bytes.count, by: size).map { start in
        Record { word in
          (0..<8).reduce(0) { $0 | UInt64(bytes[start + word * 8 + $1]) << (UInt64($1) * 8) }
        }
      })
  }
}

extension DigestRecords.Record {
  fileprivate var words: [UInt64] {
    let numbers = [file.size, file.modified, file.changed, day].map { number in
      UInt64(bitPattern: Int64(number))
    }
    let digest = digest.words
    return [file.device, file.inode] + numbers + [digest.0, digest.1, digest.2, digest.3]
  }

  fileprivate init(_ word: (Int) -> UInt64) {
    func number(_ index: Int) -> Int { Int(Int64(bitPattern: word(index))) }
    self.init(
      file: FileIdentity(
        device: word(0), inode: word(1), size: number(2), modified: number(3), changed: number(4)),
      day: number(5), digest: Digest(words: (word(6), word(7), word(8), word(9))))
  }
}
