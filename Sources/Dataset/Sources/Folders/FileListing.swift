internal import Artifacts
internal import Diagnostics
internal import Options

/// The files of a medium that patterns name, with the classes and splits that their folders are.
struct FileListing {
  private(set) var items: [ListedFile] = []
  private(set) var warnings: [Diagnostic] = []
  private(set) var remarks: [String] = []

  private let medium: Medium
  private let isLabelled: Bool

  /// Folders give files with their folder's name as the class, and files that are named themselves get that
  /// of the folder they are in.
  ///
  /// - Parameter isNamedByFile: Whether the name of a file that is named itself is its class instead.
  init(
    of medium: Medium, _ request: RowRequest, _ search: FileSearch, isNamedByFile: Bool = false
  ) throws(Diagnostic) {
    self.medium = medium
    isLabelled = request.task != RowRequest.Task.none
    for pattern in request.patterns {
      let start = items.count
      for file in try search.files([pattern]) {
        if try FileStatus(of: file.path, following: true)?.kind == .folder {
          try addFiles(in: file, request)
        } else {
          let name = isNamedByFile ? file.name.stem : file.name.parentPath.lastName
          items.append(ListedFile(file, label: isLabelled ? name : nil))
        }
      }
      if items.count == start { throw Self.nothing(of: medium, below: pattern.text, warnings) }
    }
    warnings += Self.warnings(
      ofClasses: items.reduce(into: [:]) { counts, item in
        if let label = item.label { counts[label, default: 0] += 1 }
      }, of: medium, areFolders: !isNamedByFile)
  }

  /// That a folder has no file of a medium.
  ///
  /// - Parameter warnings: What was found in it, the last of them told too.
  static func nothing(
    of medium: Medium, below folder: String, _ warnings: [Diagnostic] = []
  ) -> Diagnostic {
    var problem = Diagnostic(
      "there is no \(medium.noun) file below '\(folder)'", remedy: medium.readFormats)
    if let left = warnings.last { problem.notes.append(Note(left.message)) }
    return problem
  }

  private mutating func addFiles(
    in folder: SourceFile, _ request: RowRequest
  ) throws(Diagnostic) {
    var files: [(parts: [Substring], file: SourceFile)] = []
    var left = LeftFiles(medium)
    for entry in try FileTree.entries(below: folder.path) {
      let parts = entry.path.split(separator: "/")
      guard let name = parts.last, !Self.isHidden(entry.path) else { continue }
      let file = SourceFile(
        path: folder.path + "/" + entry.path, name: folder.name + "/" + entry.path)
      let isLink = entry.status.kind == .symbolicLink
      let status = isLink ? try FileStatus(of: file.path, following: true) : entry.status
      if status?.kind == .other { try file.requireContent() }
      switch status?.kind {
      case .folder: left.add(.linksToFolders)
      case nil: left.add(.linksToNothing)
      case .file where Self.isOf(medium, path: entry.path): files.append((parts, file))
      case .file, .other, .symbolicLink:
        left.add(name, in: parts.count > 1 ? parts.first.map(String.init) : nil)
      }
    }
    let tops = Set(files.compactMap { $0.parts.count > 1 ? String($0.parts[0]) : nil })
    let areSplits = SplitFolders.areSplits(tops)
    if isLabelled, !areSplits {
      warnings += [Self.splitsAmongClasses(tops, in: folder.name)].compactMap { $0 }
    }
    if areSplits {
      if request.isDealtOut { throw Self.dealtTwice(folder.name, tops, of: medium) }
      remarks.append("the splits are the folders \(tops.listed) of '\(folder.name)'")
    }
    for found in files {
      let item = try item(found.file, found.parts, in: folder, areSplits: areSplits)
      if let label = item.label { left.addTaken(in: areSplits ? String(found.parts[0]) : label) }
      items.append(item)
    }
    warnings += [left.warning(below: folder.name)].compactMap { $0 }
  }

  /// Whether a path within a folder is that of a file of a medium, by its ending, which is not hidden.
  static func isOf(_ medium: Medium, path: String) -> Bool {
    guard let dot = path.lastIndex(of: "."), !isHidden(path) else { return false }
    return medium.endings.contains(path[path.index(after: dot)...].lowercased())
  }

  /// Whether a name that starts with a dot is on the way.
  private static func isHidden(_ path: String) -> Bool {
    path.hasPrefix(".") || path.contains("/.")
  }

  private func item(
    _ file: SourceFile, _ parts: [Substring], in folder: SourceFile, areSplits: Bool
  ) throws(Diagnostic) -> ListedFile {
    let folders = parts.dropLast().map(String.init)
    let split = areSplits ? folders.first.flatMap(SplitFolders.split) : nil
    let label = areSplits ? folders.dropFirst().first : folders.first
    guard label != nil || !isLabelled, split != nil || !areSplits else {
      let place = areSplits ? "of the splits of '\(folder.name)'" : "of '\(folder.name)'"
      throw Diagnostic(
        "'\(file.name)' is in no class folder \(place)",
        remedy: "put it in a folder with its class as name, or give 'task: none'")
    }
    return ListedFile(file, label: isLabelled ? label : nil, split: split)
  }
}

extension String {
  /// The last name of a path without its ending.
  fileprivate var stem: String {
    let name = lastName
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
