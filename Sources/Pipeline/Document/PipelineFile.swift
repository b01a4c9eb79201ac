internal import Artifacts
package import Diagnostics
internal import FoundationEssentials
internal import YAML

/// Finds pipeline files and the text that places in them refer to.
package enum PipelineFile {
  /// The text of a file, which has to be a plain one of bearable size.
  package static func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    guard let status = try FileStatus(of: path, following: true) else {
      throw Diagnostic(
        "there is no file '\(path)'",
        remedy: "name a pipeline file, such as pipelines/digits.yaml",
        "'anneal init' writes a first one")
    }
    guard status.kind == .file else {
      throw Diagnostic("'\(path)' is not a file", remedy: "name a pipeline file")
    }
    let most = Limits.standard.bytes
    guard let text = try Folder.contents(of: path, atMost: most) else {
      throw Diagnostic(
        "'\(path)' has more than \(most) bytes",
        remedy: "name a pipeline file; large data is kept in files of its own")
    }
    return text
  }

  /// The path from the root of the file system.
  package static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }

  /// The texts that diagnostics about a pipeline point into, by the names their places carry.
  ///
  /// A file that can no longer be read is left out.
  package static func sources(
    for diagnostics: Diagnostics, overrides: [String] = [], profiles: [String] = []
  ) -> [String: String] {
    let ranges = diagnostics.all.flatMap { [$0.range] + $0.notes.map(\.range) }
    let files = Set(ranges.compactMap { $0?.start.file })
    var sources = [
      Override.file: overrides.joined(separator: "\n"),
      Profiles.file: profiles.joined(separator: "\n"),
    ]
    for file in files where sources[file] == nil {
      guard let bytes = try? contents(of: file), isText(bytes) else { continue }
      sources[file] = String(decoding: bytes, as: UTF8.self)
    }
    return sources
  }

  /// Whether a file has lines to show: one of numbers has zeros and bytes of no text at its start.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(4096)
    return !start.contains(0) || !String(decoding: start, as: UTF8.self).contains("\u{FFFD}")
  }
}
