internal import Artifacts
internal import Diagnostics

/// The first bytes of a file, by which its kind is told.
package struct FileStart {
  /// The file's name in small letters.
  let name: String

  /// As they stand; none where the file cannot be read.
  let bytes: [UInt8]

  package init(_ file: SourceFile) {
    name = file.name.lowercased()
    guard (try? file.requirePlainFile()) != nil,
      let open = try? OpenFile(reading: file.path, named: file.name),
      let start = try? open.read(from: 0, upTo: 64)
    else {
      bytes = []
      return
    }
    bytes = start
  }

  /// A file of which the name alone is known.
  init(named name: String) {
    self.name = name.lowercased()
    bytes = []
  }

  func hasPrefix(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }

  /// Whether the name ends so, also with the ending of a compressed file behind it.
  func ends(_ endings: String...) -> Bool {
    endings.contains { ending in
      name.hasSuffix(ending) || name.hasSuffix(ending + ".gz") || name.hasSuffix(ending + ".zst")
    }
  }
}
