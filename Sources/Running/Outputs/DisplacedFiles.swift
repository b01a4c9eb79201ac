internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Pipeline

/// Files in a user's folder that had to make way for those of a stage, kept where nothing removes them.
struct DisplacedFiles {
  /// Where they are kept below the store, under their paths in the user's folder.
  private let folder: String
  private let label: String
  private var moved: [(from: String, to: String)] = []

  /// - Parameter label: names the folder: the run that needs the places.
  init(_ label: String, in store: Store) {
    self.label = label
    folder = store.layout.replaced(label)
  }

  /// Where to look for what was taken.
  private var place: String {
    if moved.count == 1 { return moved[0].to }
    return moved.first { !$0.to.hasPrefix(folder + "/") }?.to ?? folder
  }

  /// Moves a file, a link or whatever else stands at a path below a folder.
  mutating func take(_ path: String, in directory: String) throws(Diagnostic) {
    let source = path.path(in: directory)
    let target = try freePath("\(folder)/\(path)")
    try Folder.create(target.parentPath)
    if unsafe rename(source, target) == 0 {
      moved.append((source, target))
    } else if errno == EXDEV {
      // The store is on another file system: under another name beside where it was.
      let near = try freePath("\(source).replaced-\(label)")
      try Folder.rename(source, to: near)
      moved.append((source, near))
    } else if errno != ENOENT {
      throw .system("cannot move '\(source)' to '\(target)'")
    }
  }

  /// Puts everything back where it was, over what stands there now.
  mutating func giveBack() throws(Diagnostic) {
    while let (source, target) = moved.popLast() {
      try Folder.create(source.parentPath)
      try Folder.remove(source)
      try Folder.rename(target, to: source)
    }
    try? Folder.remove(folder)
  }

  /// What is said of them.
  func warning(about instance: StageInstance) -> Diagnostic? {
    guard !moved.isEmpty else { return nil }
    let isOne = moved.count == 1
    let paths = moved.map { $0.from.dropFirst(instance.directory.count + 1) }.map(String.init)
    return Diagnostic(
      "\(OutputDifferences.listing(paths)) \(isOne ? "was" : "were") in the way of stage "
        + "'\(instance.address)', which did not write \(isOne ? "it" : "them")",
      at: instance.range, severity: .warning,
      remedy: "\(isOne ? "it is" : "they are") kept: \(place)")
  }

  private func freePath(_ path: String) throws(Diagnostic) -> String {
    var (free, number) = (path, 1)
    while try FileStatus(of: free) != nil {
      number += 1
      free = "\(path).\(number)"
    }
    return free
  }
}
