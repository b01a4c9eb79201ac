internal import Artifacts
internal import Diagnostics

/// The files that Anneal needs itself, which no stage may write over: the pipeline's own and those that
/// it includes, its lock files, and stores.
struct OwnFiles: Sendable {
  private let pipeline: String

  /// The pipeline files as they were named, by their absolute paths and those of all folders above them.
  private var names: [String: String] = [:]

  /// - Parameter files: the pipeline file and those that it includes.
  init(_ files: [String]) {
    pipeline = PipelineFile.absolute(files.first ?? "")
    for file in files {
      var path = PipelineFile.absolute(file)
      while names[path] == nil {
        names[path] = file
        path = path.parentPath
      }
    }
  }

  /// A problem at each path that a stage would destroy one of them by, once for all instances of a stage.
  func problems(of instances: [StageInstance]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    var seen: Set<SourceRange> = []
    for instance in instances {
      for path in instance.settings.written {
        guard let fact = fact(path, of: instance),
          seen.insert(path.range ?? instance.range).inserted
        else { continue }
        problems.append(
          Diagnostic(
            "stage '\(instance.address)' \(fact)", at: path.range ?? instance.range,
            remedy: "let it write to a path that is its own, such as out/\(instance.stage)"))
      }
    }
    return problems
  }

  /// What a stage does to them by writing a path; `nil` where it leaves them alone.
  private func fact(_ written: WrittenPath, of instance: StageInstance) -> String? {
    let path = written.path.path(in: instance.directory).plainPath
    if let file = names[path] {
      return path == PipelineFile.absolute(file)
        ? "writes '\(written.path)', a file of the pipeline itself"
        : "makes '\(written.path)', which holds '\(file)', a file of the pipeline itself"
    }
    if LockFile.isPath(path, ofLockFor: pipeline) {
      return "writes '\(written.path)', a lock file of the pipeline"
    }
    guard written.path.utf8.split(separator: UInt8(ascii: "/")).contains(where: Self.isStore) else {
      return nil
    }
    return "writes '\(written.path)' into the store"
  }

  private static func isStore(_ name: Substring.UTF8View) -> Bool {
    name.elementsEqual(StoreLayout.usualName.utf8)
  }
}
