internal import Artifacts
internal import Pipeline

/// Paths that follow from where a pipeline is.
enum PipelinePath {
  /// The store that a pipeline uses unless another is named: `.anneal` in its folder.
  static func store(named name: String?, beside file: String?) -> String {
    if let name { return name }
    guard let file else { return StoreLayout.usualName }
    return StoreLayout.usualName.path(in: file.parentPath)
  }

  /// The path itself where something is there, otherwise the nearest folder above it that exists.
  static func existing(above path: String) -> String {
    var path = path
    while path != ".", path != "/", (try? FileStatus(of: path, following: true)) == nil {
      path = path.parentPath
    }
    return path
  }
}
