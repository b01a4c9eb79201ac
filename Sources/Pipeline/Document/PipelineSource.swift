internal import Artifacts
internal import Diagnostics

/// Where the text of pipeline files comes from: the disk, or texts at hand by their paths.
package enum PipelineSource: Sendable {
  case disk
  case texts([String: [UInt8]])

  /// What tells a file from all others, however its path is written; `nil` where there is none.
  func identity(of path: String) throws(Diagnostic) -> String? {
    switch self {
    case .disk:
      return try FileStatus(of: path, following: true).map { "\($0.device):\($0.inode)" }
    case .texts(let texts):
      return texts[path] == nil ? nil : path
    }
  }

  func contents(of path: String) throws(Diagnostic) -> [UInt8] {
    switch self {
    case .disk: return try PipelineFile.contents(of: path)
    case .texts(let texts): return texts[path] ?? []
    }
  }

  /// The pipeline files in a folder.
  func names(in folder: String) -> [String] {
    let all: [String]
    switch self {
    case .disk: all = (try? Folder.names(in: folder)) ?? []
    case .texts(let texts):
      all = texts.keys.filter { $0.parentPath == folder }.map(\.lastName)
    }
    return all.filter {
      ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasSuffix(".lock.yaml")
    }
  }
}
