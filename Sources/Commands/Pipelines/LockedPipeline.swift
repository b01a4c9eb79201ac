internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// A pipeline together with its lock file, if there is one.
struct LockedPipeline {
  let graph: PipelineGraph
  let lockPath: String
  let lock: LockFile?

  /// - Throws: what is wrong with either file.
  init(_ loading: PipelineLoading) throws(Diagnostics) {
    graph = try loading.load().graph
    lockPath = LockFile.path(for: graph.file, profiles: loading.profiles)
    lock = try LockFile(reading: lockPath)
  }

  /// The instances that words of the command line mean, in the order of the words.
  func instances(named words: [String]) throws(Diagnostics) -> [StageInstance] {
    do throws(Diagnostic) {
      var instances: [StageInstance] = []
      for word in words { instances += try graph.instances(named: word) }
      return instances
    } catch {
      throw Diagnostics(error)
    }
  }
}
