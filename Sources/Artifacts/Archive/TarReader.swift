package import Diagnostics

/// Reads an archive of plain files, file by file; everything in it is hostile until checked.
package struct TarReader: ~Copyable {
  package let path: String

  /// The bytes of the archive.
  package let length: Int
  private let file: OpenFile

  /// What of the present file has not been read, and what follows it up to the next header.
  private var left = 0
  private var padding = 0

  package init(_ path: String) throws(Diagnostic) {
    guard let status = try FileStatus(of: path, following: true) else {
      throw Diagnostic("there is no file '\(path)'", remedy: "name an archive of 'anneal export'")
    }
    guard status.kind == .file else {
      throw Diagnostic("'\(path)' is not a file", remedy: "name an archive of 'anneal export'")
    }
    let file = try OpenFile(reading: path)
    self.file = file
    self.path = path
    length = status.size
  }

  /// Goes on to the next file, whose predecessor must have been read; `nil` after the last.
  package mutating func next() throws(Diagnostic) -> (name: String, size: Int)? {
    precondition(left == 0, "the file before has not been read")
    if padding > 0 { _ = try take(padding) }
    let block = try take(TarHeader.blockSize)
    guard let header = try TarHeader(parsing: block, file: path) else { return nil }
    guard header.size <= length else { throw truncated }
    left = header.size
    let rest = header.size % TarHeader.blockSize
    padding = rest > 0 ? TarHeader.blockSize - rest : 0
    return (header.name, header.size)
  }

  /// The whole content of the present file.
  package mutating func contents() throws(Diagnostic) -> [UInt8] {
    defer { left = 0 }
    return try take(left)
  }

  /// Writes the content of the present file to a new file and returns its digest.
  package mutating func extract(to target: String) throws(Diagnostic) -> Digest {
    let output = try OpenFile(creating: target)
    let hash = SHA256()
    while left > 0 {
      let bytes = try take(min(left, 1 << 20))
      left -= bytes.count
      hash.update(bytes)
      try output.write(bytes)
    }
    return hash.digest()
  }

  private func take(_ count: Int) throws(Diagnostic) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      var chunk = [UInt8](repeating: 0, count: min(count - bytes.count, 1 << 20))
      let read = try file.read(into: &chunk)
      guard read > 0 else { throw truncated }
      bytes += chunk[..<read]
    }
    return bytes
  }

  private var truncated: Diagnostic {
    Diagnostic("the archive '\(path)' ends in the middle", remedy: "copy or export it again")
  }
}
