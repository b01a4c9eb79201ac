internal import Artifacts
internal import Pipeline

extension StageInstance {
  /// How much of what the stage makes is kept: of files that stand in the user's folder too everything
  /// that tells them from others.
  var detail: TreeManifest.Detail { settings.written.isEmpty ? .files : .everything }
}
