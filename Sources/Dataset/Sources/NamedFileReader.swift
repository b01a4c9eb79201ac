internal import Artifacts
internal import Diagnostics
internal import Tensor

/// Makes the values of an image or a sound of what a cell of a table holds: the path of a file, or a file.
struct NamedFileReader: Sendable {
  private let feature: Feature
  private let files: NamedFiles
  private let roots: [FileRoot]
  private let column: String

  /// - Parameter roots: The folders that paths may start at; the first that has a file is right.
  init(_ feature: Feature, _ files: NamedFiles, _ roots: [FileRoot], column: String) {
    self.feature = feature
    self.files = files
    self.roots = roots
    self.column = column
  }

  /// - Throws: What is wrong, with the file's name.
  func values(of cell: ArraySlice<UInt8>) throws(Diagnostic) -> ColumnValues {
    if FileSignature.isContent(cell) {
      do throws(Diagnostic) {
        return try values(of: Array(cell))
      } catch {
        throw Diagnostic("the file in the column '\(column)': \(error.message)")
      }
    }
    let file = try file(named: cell)
    do throws(Diagnostic) {
      return try values(of: file)
    } catch {
      throw Diagnostic(
        error.message.hasPrefix(file.name) ? error.message : "\(file.name): \(error.message)")
    }
  }

  private func file(named cell: ArraySlice<UInt8>) throws(Diagnostic) -> SourceFile {
    guard !cell.contains(0), let path = String(validating: cell, as: UTF8.self) else {
      throw Diagnostic(cell.notText(in: column))
    }
    for root in roots {
      if let file = try root.file(path) { return file }
    }
    let tried = roots.map { "'\(path.path(in: $0.folder.name))'" }.joined(separator: " nor ")
    throw Diagnostic(
      "there is no file \(tried), which the column '\(column)' names")
  }

  private func values(of file: SourceFile) throws(Diagnostic) -> ColumnValues {
    if let audio = feature.audio {
      try file.requireContent()
      return .float32(try AudioCodec.features(of: .file(file.path), as: audio))
    }
    return try values(of: PictureSource.file(file))
  }

  private func values(of bytes: [UInt8]) throws(Diagnostic) -> ColumnValues {
    if let audio = feature.audio {
      return .float32(try AudioCodec.features(of: .bytes(bytes), as: audio))
    }
    return try values(of: PictureSource.bytes(bytes, name: ""))
  }

  private func values(of source: PictureSource) throws(Diagnostic) -> ColumnValues {
    let picture = Picture(
      channels: feature.shape[0], height: feature.shape[1], width: feature.shape[2])
    let batch = PictureReader(picture, fit: files.fit).read([source])
    if let problem = batch.problems[0] { throw problem }
    return batch.values
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
