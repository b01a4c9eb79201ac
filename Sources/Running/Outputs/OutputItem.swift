package import Artifacts

/// Something at a path that a stage writes: as it stands in the user's folder, or as the artifact has it.
package struct OutputItem: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case file(Digest, size: Int, Permissions)
    case folder(Permissions)
    case link(to: String)
    /// A pipe, a device or whatever else cannot be kept.
    case other
  }

  package var path: String
  package var content: Content

  init(_ path: String, _ content: Content) {
    self.path = path
    self.content = content
  }

  /// Whether this is what an artifact has there. Permissions that the artifact does not tell, because they
  /// are the usual ones, make no difference but whether a file may be run.
  func isSame(as kept: OutputItem) -> Bool {
    switch (content, kept.content) {
    case (.file(let own, _, let permissions), .file(let digest, _, let wanted)):
      own == digest && permissions.isExecutable == wanted.isExecutable
        && (permissions == wanted || wanted == .file || wanted == .program)
    case (.folder(let permissions), .folder(let wanted)):
      permissions == wanted || wanted == .program
    case (.link(let own), .link(let target)): own == target
    case (.other, _), (.file, _), (.folder, _), (.link, _): false
    }
  }
}

extension TreeManifest {
  /// The files, and the folders and links that it tells of, by path.
  var items: [String: OutputItem] {
    let items =
      entries.map { OutputItem($0.path, .file($0.digest, size: $0.size, $0.permissions)) }
      + folders.map { OutputItem($0.path, .folder($0.permissions)) }
      + links.map { OutputItem($0.path, .link(to: $0.target)) }
    return Dictionary(items.map { ($0.path, $0) }) { first, _ in first }
  }
}
