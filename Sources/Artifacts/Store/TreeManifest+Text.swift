package import Diagnostics
internal import YAML

extension TreeManifest {
  private static let format = "anneal tree 1"

  /// The canonical text whose digest names the tree.
  package var bytes: [UInt8] {
    var value: Value = ["format": .string(Self.format), "files": .array(entries.map(\.value))]
    if !folders.isEmpty { value["folders"] = .array(folders.map(\.value)) }
    if !links.isEmpty { value["links"] = .array(links.map(\.value)) }
    return Array(value.canonicalJSON.utf8)
  }

  /// Reads a manifest's text.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostic) {
    let value = try Value(parsingJSON: bytes, file: file)
    guard value["format"]?.string == Self.format, let files = value["files"]?.array else {
      throw Diagnostic("'\(file)' is not the list of a tree's files")
    }
    var reader = Reader(file: file)
    let entries = try files.map { item throws(Diagnostic) in try reader.entry(item) }
    let folders = try (value["folders"]?.array ?? []).map { item throws(Diagnostic) in
      Branch(
        path: try reader.path(of: item), permissions: try reader.permissions(of: item, .program))
    }
    let links = try (value["links"]?.array ?? []).map { item throws(Diagnostic) in
      Link(path: try reader.path(of: item), target: item["target"]?.string ?? "")
    }
    self.init(entries, folders: folders, links: links)
    try reader.check(links)
  }

  /// Reads the parts one by one and remembers the paths.
  private struct Reader {
    let file: String
    private var paths: Set<String> = []

    init(file: String) {
      self.file = file
    }

    mutating func entry(_ item: Value) throws(Diagnostic) -> Entry {
      guard item["path"]?.string != nil, let size = item["size"]?.int, size >= 0,
        let digest = item["sha256"]?.string.flatMap({ Digest(hex: $0) })
      else {
        throw Diagnostic("'\(file)' has an entry without path, size or digest")
      }
      let usual = item["executable"]?.bool ?? false ? Permissions.program : .file
      return Entry(
        path: try path(of: item), size: size, digest: digest,
        permissions: try permissions(of: item, usual))
    }

    mutating func path(of item: Value) throws(Diagnostic) -> String {
      let path = item["path"]?.string ?? ""
      guard TreeManifest.isSafe(path), paths.insert(path).inserted else { throw refusal(of: path) }
      return path
    }

    func permissions(of item: Value, _ usual: Permissions) throws(Diagnostic) -> Permissions {
      guard let mode = item["mode"] else { return usual }
      guard let permissions = mode.string.flatMap({ Permissions(octal: $0) }) else {
        throw Diagnostic("'\(file)' has the mode \(mode.canonicalJSON), which is none")
      }
      return permissions
    }

    /// Refuses a link that leads out, and whatever would be put where a link leads.
    func check(_ links: [Link]) throws(Diagnostic) {
      guard !links.isEmpty else { return }
      let known = LinkTargets(links)
      for link in links where known.destination(of: link.path) == nil {
        throw refusal(of: link.path)
      }
      for path in paths where known.passesLink(on: path) { throw refusal(of: path) }
    }

    private func refusal(of path: String) -> Diagnostic {
      Diagnostic("'\(file)' has the path '\(path)', which a tree may not have")
    }
  }
}

extension TreeManifest.Entry {
  fileprivate var value: Value {
    var members: [String: Value] = [
      "path": .string(path), "size": .int(size), "sha256": .string(digest.hex),
    ]
    if isExecutable { members["executable"] = .bool(true) }
    if permissions != (isExecutable ? .program : .file) {
      members["mode"] = .string("\(permissions)")
    }
    return .object(members)
  }
}

extension TreeManifest.Branch {
  fileprivate var value: Value {
    var members: [String: Value] = ["path": .string(path)]
    if permissions != .program { members["mode"] = .string("\(permissions)") }
    return .object(members)
  }
}

extension TreeManifest.Link {
  fileprivate var value: Value { ["path": .string(path), "target": .string(target)] }
}
