internal import Artifacts
package import Diagnostics
internal import FoundationEssentials

/// Finds pipeline files and the text that places in them refer to.
package enum PipelineFile {
  static func contents(of path: String) throws(Diagnostics) -> [UInt8] {
    do throws(Diagnostic) {
      guard let status = try FileStatus(of: path, following: true) else {
        throw Diagnostic(
          "there is no file '\(path)'",
          remedy: "name a pipeline file, such as pipelines/digits.yaml",
          "'anneal init' writes a first one")
      }
      guard status.kind == .file else {
        throw Diagnostic("'\(path)' is not a file", remedy: "name a pipeline file")
      }
      return try Folder.contents(of: path)
    } catch {
      throw Diagnostics(error)
    }
  }

  /// The path from the root of the file system.
  package static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }

  /// The texts that diagnostics about a pipeline point into, by the names their places carry.
  ///
  /// A file that can no longer be read is left out.
  package static func sources(
    for diagnostics: Diagnostics, overrides: [String] = []
  ) -> [String: String] {
    let ranges = diagnostics.all.flatMap { [$0.range] + $0.notes.map(\.range) }
    let files = Set(ranges.compactMap { $0?.start.file })
    var sources = [Override.file: overrides.joined(separator: "\n")]
    for file in files where file != Override.file {
      guard let bytes = try? Folder.contents(of: file) else { continue }
      sources[file] = String(decoding: bytes, as: UTF8.self)
    }
    return sources
  }
}
