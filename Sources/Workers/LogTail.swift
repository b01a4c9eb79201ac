internal import Artifacts
package import Diagnostics

/// The last lines that an attempt added to a stage's log.
package struct LogTail: Sendable {
  package let path: String
  package let lines: [String]

  /// Reads the end of a log; one that cannot be read counts as empty.
  ///
  /// - Parameter start: where the attempt began to write, in bytes.
  package init(of path: String, from start: Int = 0, maximum: Int = 10) {
    self.path = path
    let text = String(decoding: Self.end(of: path, from: start), as: UTF8.self)
    lines = text.split(whereSeparator: \.isNewline).suffix(maximum).map(String.init)
  }

  private static func end(of path: String, from start: Int) -> [UInt8] {
    guard let size = (try? FileStatus(of: path, following: true))?.size,
      let file = try? OpenFile(reading: path)
    else { return [] }
    return (try? file.read(from: max(start, size - 1 << 14), upTo: size)) ?? []
  }

  /// The lines as a note for a diagnostic.
  package var note: Note {
    lines.isEmpty
      ? Note("it wrote nothing to its log '\(path)'")
      : Note("the log '\(path)' ends with:\n" + lines.joined(separator: "\n"))
  }
}
