internal import Artifacts
internal import Diagnostics

/// Finds the file that a cell of a table names, or is.
struct NamedFileReader: Sendable {
  private let roots: [FileRoot]
  private let known: [String: SourceFile]
  private let column: String

  /// - Parameters:
  ///   - roots: The folders that paths may start at; the first that has a file is right.
  ///   - known: Files that are known by their names.
  init(_ roots: [FileRoot], known: [String: SourceFile], column: String) {
    self.roots = roots
    self.known = known
    self.column = column
  }

  /// - Throws: What is wrong, with the file's name.
  func source(of cell: ArraySlice<UInt8>) throws(Diagnostic) -> PictureSource {
    if FileSignature.isContent(cell) {
      return .bytes(Array(cell), name: "the file in the column '\(column)'")
    }
    guard !cell.contains(0), let path = String(validating: cell, as: UTF8.self) else {
      throw Diagnostic(cell.notText(in: column))
    }
    if let file = known[path] { return .file(file) }
    for root in roots {
      do throws(Diagnostic) {
        if let file = try root.file(path) { return .file(file) }
      } catch {
        throw Diagnostic(
          "\(error.message); the column '\(column)' names it", at: error.range, notes: error.notes)
      }
    }
    let tried = roots.map { "'\(path.path(in: $0.folder.name))'" }.joined(separator: " nor ")
    throw Diagnostic("there is no file \(tried), which the column '\(column)' names")
  }
}

extension PictureSource {
  /// The features of the sound that this is.
  func sound(as form: AudioForm) throws(Diagnostic) -> [Float] {
    do throws(Diagnostic) {
      switch self {
      case .bytes(let bytes, _): return try AudioCodec.features(of: .bytes(bytes), as: form)
      case .file(let file):
        try file.requireContent()
        return try AudioCodec.features(of: .file(file.path), as: form)
      }
    } catch {
      throw naming(error)
    }
  }
}

extension FileSignature {
  /// Whether a cell holds the start of a file rather than its path: no path has bytes below a blank.
  static func isContent(_ cell: ArraySlice<UInt8>) -> Bool {
    let start = Array(cell.prefix(16))
    guard start.contains(where: { $0 < 32 }) else { return false }
    let starts: [[UInt8]] = [
      [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47], Array("RIFF".utf8), Array("RF64".utf8),
      Array("FORM".utf8), Array("fLaC".utf8), Array("OggS".utf8), Array("BM".utf8),
      Array("II*\0".utf8), Array("MM\0*".utf8),
    ]
    return starts.contains(where: start.starts)
  }
}
