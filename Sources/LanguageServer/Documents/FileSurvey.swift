internal import Artifacts
internal import Diagnostics

/// Collects the YAML files in some folders, for as long as these are not too many.
struct FileSurvey {
  private(set) var files: [String] = []
  private var known: Set<String> = []
  private var looked: Set<String> = []
  private var names = 20_000

  private static let mostFiles = 500

  /// - Parameter depth: how many levels of folders are looked at, the folder itself being one.
  mutating func look(in folder: String, depth: Int) {
    guard depth > 0, looked.insert("\(depth) \(folder)").inserted,
      let found = try? Folder.names(in: folder)
    else { return }
    for name in found where !name.hasPrefix(".") && name != "node_modules" {
      names -= 1
      guard names > 0, files.count < Self.mostFiles else { return }
      let path = name.path(in: folder)
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        guard !name.hasSuffix(".lock.yaml"), known.insert(path).inserted else { continue }
        files.append(path)
      } else if depth > 1, (try? FileStatus(of: path))??.kind == .folder {
        look(in: path, depth: depth - 1)
      }
    }
  }
}
