internal import Artifacts
internal import Pipeline

/// Which stages of a pipeline write into the user's folder, to find those whose files another one reads.
struct FolderWriters: Sendable {
  private let graph: PipelineGraph
  private let written: WrittenPaths

  init(_ graph: PipelineGraph) {
    self.graph = graph
    written = WrittenPaths(graph.instances)
  }

  /// The stages whose files a stage names, or may match, among those that it reads.
  func sources(namedBy instance: StageInstance) -> [StageInstance] {
    guard !written.isEmpty else { return [] }
    let writers = instance.settings.files.lazy.filter { !$0.isAddress }.flatMap { pattern in
      written.writers(of: pattern, in: instance.directory)
    }
    return sources(Set(writers.map { graph.instances[$0].address }), of: instance)
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
