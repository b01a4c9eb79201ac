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
    while true {
      let count = try file.read(into: &chunk)
      if count == 0 { return hash.digest() }
      hash.update(chunk, count: count)
    }
  }
}
