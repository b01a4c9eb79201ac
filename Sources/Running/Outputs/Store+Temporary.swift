package import Artifacts
internal import Diagnostics
package import Pipeline

extension Store {
  /// The artifact of a stage where all of it is in the store but for what is temporary.
  package func artifact(_ output: Digest, of instance: StageInstance) -> TreeManifest? {
    if let whole = complete(output) { return whole }
    guard instance.hasTemporaryOutputs, let manifest = try? manifest(of: output) else { return nil }
    let isLeft = manifest.entries.allSatisfy { entry in
      instance.isTemporary(entry.path) || contains(entry.digest, size: entry.size)
    }
    return isLeft ? manifest : nil
  }

  /// Whether temporary files of a stage's artifact, which otherwise is there, are gone.
  package func isFreed(_ output: Digest, of instance: StageInstance) -> Bool {
    instance.hasTemporaryOutputs && !contains(output) && artifact(output, of: instance) != nil
  }
}
