internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Pipeline

/// Files in a user's folder that had to make way for those of a stage, kept where no run removes them.
struct DisplacedFiles {
  private struct Moved {
    let from: String
    let to: String
    /// The run that left it half done, where it is no user's.
    let author: String?
  }

  private let layout: StoreLayout
  private let label: String
  private var moved: [Moved] = []

  /// - Parameter label: names the folder in the store: the run that needs the places.
  init(_ label: String, in store: Store) {
    self.label = label
    layout = store.layout
  }

  /// Moves a file, a link or whatever else stands at a path below a folder.
  ///
  /// - Parameter author: the run whose attempt left it; `nil` for what may be a user's own.
  mutating func take(
    _ path: String, in directory: String, leftBy author: String? = nil
  ) throws(Diagnostic) {
    let source = path.path(in: directory)
    let target = try freePath("\(folder(of: author))/\(path)")
    try Folder.create(target.parentPath)
    var code = unsafe rename(source, target) == 0 ? 0 : errno
    if code == EACCES, let status = try FileStatus(of: source), status.kind == .folder {
      // A folder that may not be changed cannot be moved either.
      try Folder.set(.program, of: source)
      code = unsafe rename(source, target) == 0 ? 0 : errno
      try Folder.set(Permissions(bits: status.mode), of: code == 0 ? target : source)
    }
    switch code {
    case 0: moved.append(Moved(from: source, to: target, author: author))
    case EXDEV:
      // The store is on another file system: under another name beside where it was.
      let near = try freePath("\(source).replaced-\(label)")
      try Folder.rename(source, to: near)
      moved.append(Moved(from: source, to: near, author: author))
    case ENOENT: break
    default: throw .system("cannot move '\(source)' to '\(target)'", code: code)
    }
  }

  /// Where what was taken is kept in the store.
  private func folder(of author: String?) -> String {
    author.map { layout.left(by: $0) } ?? layout.replaced(label)
  }

  /// Puts everything back where it was, over what stands there now, but for what was half done.
  mutating func giveBack() throws(Diagnostic) {
    while let moved = moved.popLast() {
      guard moved.author == nil else { continue }
      try Folder.create(moved.from.parentPath)
      try Folder.remove(moved.from)
      try Folder.rename(moved.to, to: moved.from)
    }
    try? Folder.remove(layout.replaced(label))
  }

  /// What is said of them.
  func warning(about instance: StageInstance) -> Diagnostic? {
    let own = moved.filter { $0.author == nil }
    guard let first = own.first else { return leftovers(of: instance) }
    let isOne = own.count == 1
    return Diagnostic(
      "\(listing(own, in: instance)) \(isOne ? "was" : "were") in the way of stage "
        + "'\(instance.address)', which did not write \(isOne ? "it" : "them")",
      at: instance.range, severity: .warning,
      remedy: "\(isOne ? "it is" : "they are") kept: \(place(of: own, or: first))",
      notes: leftovers(of: instance).map { [Note($0.message)] + $0.notes } ?? [])
  }

  /// What is said of what an attempt left that came to nothing.
  private func leftovers(of instance: StageInstance) -> Diagnostic? {
    let left = moved.filter { $0.author != nil }
    guard let first = left.first, let author = first.author else { return nil }
    let isOne = left.count == 1
    return Diagnostic(
      "\(listing(left, in: instance)) \(isOne ? "is" : "are") what run \(author) left of stage "
        + "'\(instance.address)' when it was killed", at: instance.range, severity: .warning,
      remedy:
        "\(isOne ? "it is" : "they are") kept until 'anneal gc': \(place(of: left, or: first))")
  }

  /// Where to find what was taken, as a note for the person whose work was refused.
  func note(about instance: StageInstance) -> Note? {
    guard let first = moved.first else { return nil }
    let isOne = moved.count == 1
    return Note(
      "what the stage made, \(listing(moved, in: instance)), \(isOne ? "is" : "are") kept until "
        + "'anneal gc': \(place(of: moved, or: first))")
  }

  private func listing(_ moved: [Moved], in instance: StageInstance) -> String {
    OutputDifferences.listing(
      moved.map { String($0.from.dropFirst(instance.directory.count + 1)) })
  }

  private func place(of moved: [Moved], or first: Moved) -> String {
    if moved.count == 1 { return first.to }
    let folder = folder(of: first.author)
    return moved.first { !$0.to.hasPrefix(folder + "/") }?.to ?? folder
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
