package import Diagnostics

extension Digest {
  /// Digests a file's content without holding it in memory.
  package static func file(_ path: String) throws(Diagnostic) -> Digest {
    var chunk = emptyChunk
    return try file(path, through: &chunk)
  }

  /// Memory for a part of a file, which serves one file after the other.
  static var emptyChunk: [UInt8] { [UInt8](repeating: 0, count: 1 << 16) }

  static func file(
    _ path: String, through chunk: inout [UInt8]
  ) throws(Diagnostic) -> Digest {
    let file = try OpenFile(reading: path)
    let hash = SHA256()
    _ = try hash.update(withRestOf: file, through: &chunk)
    return hash.digest()
  }
}

extension SHA256 {
  /// Takes in what a file holds from where it is read on, and gives how many bytes that was.
  borrowing func update(
    withRestOf file: borrowing OpenFile, through chunk: inout [UInt8]
  ) throws(Diagnostic) -> Int {
    var total = 0
    while true {
      let count = try file.read(into: &chunk)
      if count == 0 { return total }
      update(chunk, count: count)
      total += count
    }
  }
}
