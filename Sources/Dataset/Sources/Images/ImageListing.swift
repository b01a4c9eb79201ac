internal import Artifacts
internal import Diagnostics
internal import Options

/// The images that patterns name, with the classes and splits that their folders are.
struct ImageListing {
  private(set) var items: [ImageSource.Item] = []
  private(set) var warnings: [Diagnostic] = []
  private(set) var remarks: [String] = []

  private let isLabelled: Bool

  private static let endings: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "bmp", "dib",
  ]

  /// What is read, for messages.
  static let readFormats =
    "JPEG, PNG, WebP, TIFF and BMP are read, by the endings .jpg, .jpeg, .png, .webp, .tif, .tiff and .bmp"

  /// Folders give images with their folder's name as the class, and images that are named themselves get
  /// that of the folder they are in.
  init(_ request: RowRequest, _ search: FileSearch) throws(Diagnostic) {
    isLabelled = request.task != RowRequest.Task.none
    for pattern in request.patterns {
      let start = items.count
      for file in try search.files([pattern]) {
        if try FileStatus(of: file.path, following: true)?.kind == .folder {
          try addImages(in: file, request)
        } else {
          items.append(
            ImageSource.Item(file, label: isLabelled ? file.name.parentPath.lastName : nil))
        }
      }
      if items.count == start { throw Self.noImages(below: pattern.text, warnings) }
    }
    warnings += Self.warnings(
      ofClasses: items.reduce(into: [:]) { counts, item in
        if let label = item.label { counts[label, default: 0] += 1 }
      })
  }

  /// That a folder has no picture that is read.
  ///
  /// - Parameter warnings: What was found in it, the last of them told too.
  static func noImages(below folder: String, _ warnings: [Diagnostic] = []) -> Diagnostic {
    var problem = Diagnostic(
      "there is no image file below '\(folder)'", remedy: readFormats)
    if let left = warnings.last { problem.notes.append(Note(left.message)) }
    return problem
  }

  private mutating func addImages(
    in folder: SourceFile, _ request: RowRequest
  ) throws(Diagnostic) {
    var images: [(parts: [Substring], file: SourceFile)] = []
    var left = LeftFiles()
    for entry in try FileTree.entries(below: folder.path) {
      let parts = entry.path.split(separator: "/")
      guard let name = parts.last, !Self.isHidden(entry.path) else { continue }
      let file = SourceFile(
        path: folder.path + "/" + entry.path, name: folder.name + "/" + entry.path)
      try file.requireContent()
      switch try FileStatus(of: file.path, following: true)?.kind {
      case .folder: left.add(.linksToFolders)
      case nil: left.add(.linksToNothing)
      case .file where Self.isImage(path: entry.path): images.append((parts, file))
      case .file, .other, .symbolicLink:
        left.add(name, in: parts.count > 1 ? parts.first.map(String.init) : nil)
      }
    }
    let tops = Set(images.compactMap { $0.parts.count > 1 ? String($0.parts[0]) : nil })
    let areSplits = SplitFolders.areSplits(tops)
    if isLabelled, !areSplits {
      warnings += [Self.splitsAmongClasses(tops, in: folder.name)].compactMap { $0 }
    }
    if areSplits {
      if request.isDealtOut { throw Self.dealtTwice(folder.name, tops) }
      remarks.append("the splits are the folders \(tops.listed) of '\(folder.name)'")
    }
    for image in images {
      let item = try item(image.file, image.parts, in: folder, areSplits: areSplits)
      if let label = item.label { left.addTaken(in: areSplits ? String(image.parts[0]) : label) }
      items.append(item)
    }
    warnings += [left.warning(below: folder.name)].compactMap { $0 }
  }

  /// Whether a path within a folder is that of an image, by its ending, which is not hidden.
  static func isImage(path: String) -> Bool {
    guard let dot = path.lastIndex(of: "."), !isHidden(path) else { return false }
    return endings.contains(path[path.index(after: dot)...].lowercased())
  }

  /// Whether a name that starts with a dot is on the way.
  private static func isHidden(_ path: String) -> Bool {
    path.hasPrefix(".") || path.contains("/.")
  }

  private func item(
    _ file: SourceFile, _ parts: [Substring], in folder: SourceFile, areSplits: Bool
  ) throws(Diagnostic) -> ImageSource.Item {
    let folders = parts.dropLast().map(String.init)
    let split = areSplits ? folders.first.flatMap(SplitFolders.split) : nil
    let label = areSplits ? folders.dropFirst().first : folders.first
    guard label != nil || !isLabelled, split != nil || !areSplits else {
      let place = areSplits ? "of the splits of '\(folder.name)'" : "of '\(folder.name)'"
      throw Diagnostic(
        "'\(file.name)' is in no class folder \(place)",
        remedy: "put it in a folder with its class as name, or give 'task: none'")
    }
    return ImageSource.Item(file, label: isLabelled ? label : nil, split: split)
  }
}
