internal import Artifacts
internal import Diagnostics

/// The files and folders that a command has to make, below the pipeline's folder.
struct CommandOutputs {
  private let outputs: [CommandOutput]
  private let directory: String

  private var paths: [String] { outputs.map(\.path) }

  /// Where each path stands in the pipeline.
  private let places: [SourceRange?]

  init(_ outputs: [CommandOutput], in directory: String, places: [SourceRange?]) {
    self.outputs = outputs
    self.directory = directory
    self.places = places
  }

  /// Whether a path is that of an output that may be missing, or below it.
  func isOptional(_ path: String) -> Bool {
    outputs.contains { $0.optional && path.isPath(atOrBelow: $0.path.plainPath) }
  }

  /// Something that the command made, by its path relative to the pipeline's folder.
  private struct Made {
    let path: String
    let status: FileStatus
    /// Where the output stands that it belongs to.
    let place: SourceRange?
  }

  /// Copies everything into an artifact's folder under the same relative paths, links as links.
  func copy(to folder: String) throws(Diagnostic) -> (count: Int, bytes: Int) {
    let made = try made()
    try checkLinks(made)
    var count = 0
    var bytes = 0
    for item in made {
      let target = item.path.path(in: folder)
      try Folder.create(target.parentPath)
      let source = item.path.path(in: directory)
      switch item.status.kind {
      case .file:
        try Folder.copyFile(source, to: target, permissions: Permissions(of: item.status))
        count += 1
        bytes += item.status.size
      case .folder: try Folder.create(target)
      case .symbolicLink: try Folder.link(target, to: try Folder.target(ofLink: source))
      case .other:
        throw Diagnostic(
          "'\(item.path)' is neither a file nor a folder", at: item.place,
          remedy: "let the command write plain files")
      }
    }
    // A folder may be closed once everything is in it.
    for item in made.reversed() where item.status.kind == .folder {
      let permissions = Permissions(of: item.status)
      if permissions != .program { try Folder.set(permissions, of: item.path.path(in: folder)) }
    }
    return (count, bytes)
  }

  /// Everything that stands at the outputs, a folder before what is in it.
  private func made() throws(Diagnostic) -> [Made] {
    var made: [Made] = []
    for (output, place) in zip(outputs, places) {
      let path = output.path.plainPath
      let full = path.path(in: directory)
      guard let status = try FileStatus(of: full) else {
        if output.optional { continue }
        throw Diagnostic(
          "the command did not make '\(path)'", at: place,
          remedy: "let it write the file there, or remove it from 'outputs'",
          "one that it may leave out is written as {path: \(path), optional: true}")
      }
      try checkInside(full, path, place)
      made.append(Made(path: path, status: status, place: place))
      guard status.kind == .folder else { continue }
      for entry in try FileTree.everything(below: full, prefix: path + "/")
      where !entry.path.isKeptByGit {
        made.append(Made(path: entry.path, status: entry.status, place: place))
      }
    }
    return made
  }

  /// Refuses links to what is not among the outputs: it could change without the artifact, and is not
  /// there where the artifact is taken to.
  private func checkLinks(_ made: [Made]) throws(Diagnostic) {
    var links: [TreeManifest.Link] = []
    for item in made where item.status.kind == .symbolicLink {
      let target = try Folder.target(ofLink: item.path.path(in: directory))
      links.append(TreeManifest.Link(path: item.path, target: target))
    }
    let targets = LinkTargets(links)
    for link in links {
      if let path = targets.destination(of: link.path),
        paths.contains(where: { path.isPath(atOrBelow: $0.plainPath) })
      {
        continue
      }
      throw Diagnostic(
        "'\(link.path)' is a link to '\(link.target)', which is not among the outputs",
        at: made.first { $0.path == link.path }?.place,
        remedy:
          "let it lead to one of them by a relative path, as 'ln -sr' makes it, or copy what it "
          + "leads to")
    }
  }

  /// Refuses a path that leads elsewhere through a linked folder.
  private func checkInside(
    _ full: String, _ path: String, _ place: SourceRange?
  ) throws(Diagnostic) {
    guard full.parentPath.resolvedPath.isPath(atOrBelow: directory.resolvedPath) else {
      throw Diagnostic(
        "'\(path)' is outside of the pipeline's folder", at: place,
        remedy: "let the command write into that folder itself")
    }
  }
}
