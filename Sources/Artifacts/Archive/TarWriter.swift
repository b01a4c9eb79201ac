package import Diagnostics
internal import Glibc

/// Writes an archive of plain files, which appears under its name when it is complete.
package struct TarWriter: ~Copyable {
  private let file: OpenFile
  private let path: String
  private let temporary: String
  private var isFinished = false

  package init(_ path: String) throws(Diagnostic) {
    let temporary = path + ".\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
    let file = try OpenFile(creating: temporary)
    self.file = file
    self.path = path
    self.temporary = temporary
  }

  deinit { if !isFinished { unsafe unlink(temporary) } }

  package func add(_ name: String, _ bytes: [UInt8]) throws(Diagnostic) {
    try file.write(TarHeader(name: name, size: bytes.count).bytes)
    try file.write(bytes)
    try pad(bytes.count)
  }

  /// Adds a file's content, which must have the size that was told.
  package func add(_ name: String, from source: String, size: Int) throws(Diagnostic) {
    try file.write(TarHeader(name: name, size: size).bytes)
    let input = try OpenFile(reading: source)
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var written = 0
    while true {
      let count = try input.read(into: &chunk)
      if count == 0 { break }
      written += count
      guard written <= size else { break }
      try file.write(count == chunk.count ? chunk : Array(chunk[..<count]))
    }
    guard written == size else {
      throw Diagnostic("'\(source)' changed while it was read", remedy: "export again")
    }
    try pad(size)
  }

  /// Ends the archive and gives it its name.
  package mutating func finish() throws(Diagnostic) {
    try file.write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
    try file.synchronize()
    try Folder.rename(temporary, to: path)
    isFinished = true
  }

  private func pad(_ size: Int) throws(Diagnostic) {
    let rest = size % TarHeader.blockSize
    if rest > 0 { try file.write([UInt8](repeating: 0, count: TarHeader.blockSize - rest)) }
  }
}
