internal import Artifacts
internal import Diagnostics

/// What stands at a stage's outputs, and whether it may go.
struct StandingOutputs {
  let items: [OutputItem]
  private let links: LinkTargets
  private let places: WorkspaceOutputs

  init(of items: [OutputItem], _ places: WorkspaceOutputs) {
    self.items = items
    self.places = places
    links = LinkTargets(
      items.compactMap { item in
        guard case .link(let target) = item.content else { return nil }
        return TreeManifest.Link(path: item.path, target: target)
      })
  }

  /// Whether nothing is lost with an item: its content is kept, or it is a link within the outputs.
  func isKnown(
    _ item: OutputItem, contains: (Digest, Int) throws(Diagnostic) -> Bool
  ) throws(Diagnostic) -> Bool {
    switch item.content {
    case .file(let digest, let size, _): try contains(digest, size)
    case .link: links.destination(of: item.path).map(places.isWritten) ?? false
    case .folder, .other: false
    }
  }
}
