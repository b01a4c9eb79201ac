package import Artifacts
package import Diagnostics

/// The pipeline files that ran with a store, those included whose runs found nothing to do and are in no
/// record: their lock files need the store too.
package struct KnownPipelines {
  private let layout: StoreLayout

  package init(in store: Store) {
    layout = store.layout
  }

  /// - Parameter path: the absolute path of a pipeline file.
  package func add(_ path: String) throws(Diagnostic) {
    let file = layout.stamp(ofPipeline: path)
    guard try FileStatus(of: file) == nil else { return }
    try Folder.replaceFile(file, with: Array(path.utf8))
  }

  func paths() throws(Diagnostic) -> [String] {
    var paths: [String] = []
    for name in try Folder.names(in: layout.stamps)
    where name.hasSuffix(StoreLayout.pipelineEnding) {
      paths.append(
        String(decoding: try Folder.contents(of: "\(layout.stamps)/\(name)"), as: UTF8.self))
    }
    return paths
  }
}
