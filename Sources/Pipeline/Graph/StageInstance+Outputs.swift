internal import Artifacts

extension StageInstance {
  /// Whether a path of the artifact is one that the stage begins with as it stands.
  package func keeps(_ path: String) -> Bool {
    settings.written.contains { $0.isKept && path.isPath(atOrBelow: $0.normalized) }
  }

  /// Whether a path of the artifact goes once it has been read.
  package func isTemporary(_ path: String) -> Bool {
    settings.written.contains { $0.isTemporary && path.isPath(atOrBelow: $0.normalized) }
  }

  package var hasTemporaryOutputs: Bool { settings.written.contains(where: \.isTemporary) }
}

extension StageInstance {
  /// Whether it reads from a stage that has temporary outputs.
  package func readsTemporaryFiles(in graph: PipelineGraph) -> Bool {
    dependencies.contains { graph[$0]?.hasTemporaryOutputs ?? false }
  }
}
