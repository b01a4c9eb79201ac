internal import Diagnostics

/// The files below folders of a medium that are not taken, counted by their endings.
struct LeftFiles {
  private let medium: Medium
  private var counts: [String: Int] = [:]
  private var folders: Set<String> = []

  /// The folders of classes that have a file of the medium.
  private var taken: Set<String> = []

  init(_ medium: Medium) {
    self.medium = medium
  }

  /// - Parameters:
  ///   - name: The file's name without its folder.
  ///   - folder: The folder that would be its class, if there is one.
  mutating func add(_ name: some StringProtocol, in folder: String?) {
    let dot = name.lastIndex(of: ".")
    let ending = dot.map { name[$0...].lowercased() } ?? "without an ending"
    counts[ending, default: 0] += 1
    if let folder { folders.insert(folder) }
  }

  /// Links that are no files, as their count is followed by.
  enum Links: String {
    case linksToFolders = "links to folders, which are not followed"
    case linksToNothing = "links to nothing"
  }

  mutating func add(_ links: Links) { counts[links.rawValue, default: 0] += 1 }

  mutating func addTaken(in folder: String) { taken.insert(folder) }

  /// What is left, in one message; nil where nothing is.
  func warning(below folder: String) -> Diagnostic? {
    guard !counts.isEmpty else { return nil }
    let total = counts.values.reduce(0, +)
    let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }
    var notes: [Note] = []
    let lost = folders.subtracting(taken).sorted()
    if !lost.isEmpty {
      let names = lost.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
      notes.append(
        Note(
          "\(names)\(lost.count > 6 ? ", …" : "") \(lost.count == 1 ? "is" : "are") no class, for "
            + "want of \(medium.article) \(medium.noun) that is read"))
    }
    notes.append(Note(medium.readFormats))
    return Diagnostic(
      "\(total) \(total == 1 ? "file" : "files") below '\(folder)' "
        + "\(total == 1 ? "is" : "are") left out: \(kinds.joined(separator: ", "))",
      severity: .warning, notes: notes)
  }
}
