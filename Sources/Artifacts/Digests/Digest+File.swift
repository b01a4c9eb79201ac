package import Diagnostics

extension Digest {
  /// Digests a file's content without holding it in memory.
  package static func file(_ path: String) throws(Diagnostic) -> Digest {
    let file = try OpenFile(reading: path)
    let hash = SHA256()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try file.read(into: &chunk)
      if count == 0 { return hash.digest() }
      hash.update(chunk, count: count)
    }
  }
}
