internal import Artifacts
internal import Diagnostics

/// Where the text of pipeline files comes from: the disk, texts at hand by their paths, or the disk with
/// such texts in place of what files hold, as an editor has them.
package enum PipelineSource: Sendable {
  case disk
  case texts([String: [UInt8]])
  case overlaid([String: [UInt8]])

  /// What tells a file from all others, however its path is written; `nil` where there is none.
  func identity(of path: String) throws(Diagnostic) -> String? {
    switch self {
    case .disk, .overlaid:
      let status = try FileStatus(of: path, following: true)
      return status.map { "\($0.device):\($0.inode)" } ?? text(at: path).map { _ in path }
    case .texts(let texts):
      return texts[path] == nil ? nil : path
    }
  }

  func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    switch self {
    case .disk: return try PipelineFile.contents(of: path)
    case .texts: return text(at: path) ?? []
    case .overlaid:
      if let text = text(at: path) { return text }
      return try PipelineFile.contents(of: path)
    }
  }

  /// A text that is at hand. Of open files the paths are absolute.
  private func text(at path: String) -> [UInt8]? {
    switch self {
    case .disk: nil
    case .texts(let texts): texts[path]
    case .overlaid(let texts): texts.isEmpty ? nil : texts[PipelineFile.absolute(path)]
    }
  }

  /// The pipeline files in a folder.
  func names(in folder: String) -> [String] {
    let all: [String]
    switch self {
    case .disk, .overlaid: all = (try? Folder.names(in: folder)) ?? []
    case .texts(let texts):
      all = texts.keys.filter { $0.parentPath == folder }.map(\.lastName)
    }
    return all.filter {
      ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix(".lock.yaml")
    }
  }
}
