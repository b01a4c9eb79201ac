internal import Artifacts
internal import Pipeline

/// Which stages of a pipeline write into the user's folder, to find those whose files another one reads.
struct FolderWriters: Sendable {
  private let graph: PipelineGraph

  /// The addresses of the writers by the paths that they write.
  private var writers = PathIndex<String>()

  init(_ graph: PipelineGraph) {
    self.graph = graph
    for instance in graph.instances {
      for path in instance.settings.written {
        writers.insert(instance.address, at: path.path.path(in: instance.directory))
      }
    }
  }

  /// The stages whose files a stage names among those that it reads.
  func sources(namedBy instance: StageInstance) -> [StageInstance] {
    guard !writers.isEmpty else { return [] }
    let addresses = instance.settings.files.compactMap { pattern in
      writers.value(overlapping: pattern.path(in: instance.directory))
    }
    return sources(Set(addresses), of: instance)
  }

  /// The stages whose files a stage may read: those that it names, and for one that works in the folder
  /// itself all that it waits for.
  func sources(readBy instance: StageInstance) -> [StageInstance] {
    let named = sources(namedBy: instance)
    guard !instance.settings.written.isEmpty else { return named }
    return sources(Set(named.map(\.address) + instance.dependencies), of: instance)
  }

  private func sources(_ addresses: Set<String>, of instance: StageInstance) -> [StageInstance] {
    addresses.subtracting([instance.address]).sorted().compactMap { graph[$0] }
      .filter { !$0.settings.written.isEmpty }
  }
}
