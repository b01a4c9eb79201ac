internal import Artifacts
internal import CData
package import Diagnostics

/// The bytes of one image file, wherever they are.
package enum PictureSource: Sendable {
  case file(SourceFile)

  /// In memory, with the name that messages carry.
  case bytes([UInt8], name: String)

  package var name: String {
    switch self {
    case .file(let file): file.name
    case .bytes(_, let name): name
    }
  }

  /// An image file larger than this is not read.
  private static let mostBytes = 1 << 28

  /// What a look at the header reads of a file.
  private static let startBytes = 1 << 14

  /// All bytes.
  func whole() throws(Diagnostic) -> [UInt8] {
    switch self {
    case .bytes(let bytes, _): return bytes
    case .file(let file):
      try file.requirePlainFile()
      let open = try OpenFile(reading: file.path, named: file.name)
      guard let size = try FileStatus(of: file.path, following: true)?.size,
        size <= Self.mostBytes
      else { throw Diagnostic("the file is larger than 256 MiB") }
      return try open.read(from: 0, upTo: size)
    }
  }

  /// What the header says; the rest of a file is read only where the header needs it.
  package func probe() throws(Diagnostic) -> ImageCodec.Info {
    do throws(Diagnostic) {
      guard case .file(let file) = self else { return try Self.probe(whole()) }
      try file.requirePlainFile()
      let start = try OpenFile(reading: file.path, named: file.name)
        .read(from: 0, upTo: Self.startBytes)
      if start.count == Self.startBytes {
        if let info = try? ImageCodec.probe(start) { return info }
        return try Self.probe(whole())
      }
      return try Self.probe(start)
    } catch {
      throw naming(error)
    }
  }

  /// Names the format of what no decoder reads, where it is known.
  private static func probe(_ bytes: [UInt8]) throws(Diagnostic) -> ImageCodec.Info {
    do {
      return try ImageCodec.probe(bytes)
    } catch {
      guard error.message.contains("the content is none of"),
        let other = FileSignature.name(of: bytes)
      else { throw error }
      throw Diagnostic("the content is \(other), which is not read", remedy: "convert it to PNG")
    }
  }

  /// The same problem with the source's name before it.
  func naming(_ problem: Diagnostic) -> Diagnostic {
    var named = problem
    if !problem.message.hasPrefix(name) { named.message = "\(name): \(problem.message)" }
    return named
  }
}
