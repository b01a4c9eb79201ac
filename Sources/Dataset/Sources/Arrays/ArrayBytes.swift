internal import Artifacts
internal import Diagnostics

/// The bytes of a stored array in the order of its file.
struct ArrayBytes: ~Copyable {
  private enum Source: ~Copyable {
    case plain(OpenFile)
    case compressed(CompressedStream)
    case deflated(Inflater)
  }

  private let source: Source

  /// Where the elements begin in the file, or in what it is decompressed to.
  private let start: Int

  /// Bytes of elements that were given.
  private var given = 0

  /// Starts at the array's first element.
  init(_ array: StoredArray) throws(Diagnostic) {
    switch array.storage {
    case .plain(let offset):
      source = .plain(try OpenFile(reading: array.file.path, named: array.file.name))
      start = offset
    case .compressed(let offset):
      source = .compressed(try CompressedStream(array.file))
      start = offset
    case .deflated(let entry, let offset):
      source = .deflated(try Inflater(entry, of: array.file, titled: array.title))
      start = offset
    }
  }

  /// The next bytes; fewer only at the end.
  mutating func next(_ count: Int) throws(Diagnostic) -> [UInt8] {
    if given == 0 { try skipHeader() }
    let bytes = try take(count)
    given += bytes.count
    return bytes
  }

  /// The bytes of elements between two offsets, of an array that is stored as it is.
  func elements(from first: Int, upTo end: Int) throws(Diagnostic) -> [UInt8] {
    switch source {
    case .plain(let file): try file.read(from: start + first, upTo: start + end)
    case .compressed: []
    case .deflated: []
    }
  }

  private func skipHeader() throws(Diagnostic) {
    switch source {
    case .plain: return
    case .compressed(let stream):
      var header = [UInt8](repeating: 0, count: start)
      _ = try stream.read(into: &header)
    case .deflated(let inflater):
      var header = [UInt8](repeating: 0, count: start)
      _ = try inflater.read(into: &header)
    }
  }

  private func take(_ count: Int) throws(Diagnostic) -> [UInt8] {
    switch source {
    case .plain(let file):
      return try file.read(from: start + given, upTo: start + given + count)
    case .compressed(let stream):
      var bytes = [UInt8](repeating: 0, count: count)
      let filled = try stream.read(into: &bytes)
      return filled == count ? bytes : Array(bytes.prefix(filled))
    case .deflated(let inflater):
      var bytes = [UInt8](repeating: 0, count: count)
      let filled = try inflater.read(into: &bytes)
      return filled == count ? bytes : Array(bytes.prefix(filled))
    }
  }

  /// Holds the end of a compressed file against what it says of itself, once all elements were taken.
  func requireEnd(of array: StoredArray) throws(Diagnostic) {
    guard case .compressed = array.storage else { return }
    guard try take(1).isEmpty else {
      throw array.problem(
        "has bytes behind its last element", remedy: "write one array to a file")
    }
  }

  static func cutShort(_ array: StoredArray) -> Diagnostic {
    array.problem(
      "is cut short: it ends before its last element", remedy: "fetch or write the file anew")
  }
}
