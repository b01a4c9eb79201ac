internal import Diagnostics

/// What a folder holds, sorted into what trees are made of.
struct FolderContent {
  var files: [FileTree.Entry] = []
  var folders: [TreeManifest.Branch] = []
  var links: [TreeManifest.Link] = []

  /// The folders that nobody could take anything out of as they are, outer ones first.
  var closed: [String] = []

  /// - Throws: also where there is something that a tree of this detail cannot keep.
  init(of folder: String, _ detail: TreeManifest.Detail) throws(Diagnostic) {
    switch detail {
    case .files:
      for entry in try FileTree.entries(below: folder) {
        guard entry.status.kind == .file else { throw Self.refusal(of: entry) }
        files.append(entry)
      }
    case .everything:
      try sort(try FileTree.everything(below: folder), of: folder)
      let known = LinkTargets(links)
      for link in links where known.destination(of: link.path) == nil {
        throw Diagnostic(
          "the output '\(link.path)' is a link to '\(link.target)', which is outside",
          remedy: "let links lead to something beside them, by relative paths")
      }
    }
  }

  private mutating func sort(
    _ entries: [FileTree.Entry], of folder: String
  ) throws(Diagnostic) {
    for (index, entry) in entries.enumerated() {
      switch entry.status.kind {
      case .file: files.append(entry)
      case .symbolicLink:
        let target = try Folder.target(ofLink: folder + "/" + entry.path)
        links.append(TreeManifest.Link(path: entry.path, target: target))
      case .folder:
        let permissions = Permissions(of: entry.status)
        let isEmpty =
          index + 1 == entries.count || !entries[index + 1].path.hasPrefix(entry.path + "/")
        if isEmpty || permissions != .program {
          folders.append(TreeManifest.Branch(path: entry.path, permissions: permissions))
        }
        if !permissions.allowChanges { closed.append(entry.path) }
      case .other: throw Self.refusal(of: entry)
      }
    }
  }

  private static func refusal(of entry: FileTree.Entry) -> Diagnostic {
    let kind = entry.status.kind == .symbolicLink ? "a symbolic link" : "no regular file"
    return Diagnostic(
      "the output '\(entry.path)' is \(kind)", remedy: "write a file, or a hard link to one")
  }
}
