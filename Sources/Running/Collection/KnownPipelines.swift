internal import Artifacts
internal import Diagnostics

/// The pipeline files that ran with a store, those included whose runs found nothing to do and are in no
/// record: their lock files need the store too.
struct KnownPipelines {
  private let folder: String

  init(in store: Store) {
    folder = store.root + "/stamps"
  }

  private static let ending = ".pipeline"

  /// - Parameter path: the absolute path of a pipeline file.
  func add(_ path: String) throws(Diagnostic) {
    let file = "\(folder)/\(Digest(of: path).hex)\(Self.ending)"
    guard try FileStatus(of: file) == nil else { return }
    try Folder.replaceFile(file, with: Array(path.utf8))
  }

  func paths() throws(Diagnostic) -> [String] {
    var paths: [String] = []
    for name in try Folder.names(in: folder) where name.hasSuffix(Self.ending) {
      paths.append(
        String(decoding: try Folder.contents(of: "\(folder)/\(name)"), as: UTF8.self))
    }
    return paths
  }
}
