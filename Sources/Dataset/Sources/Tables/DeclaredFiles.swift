/// Where the files are that a column names, as its user says.
package struct DeclaredFiles: Hashable, Sendable {
  /// The folder that paths start at; nil for the folder of the table.
  package var root: SourceFile?
  package var absent: NamedFiles.Absent

  /// How images are read; nil for sounds.
  package var reader: PictureReader?

  package init(
    root: SourceFile? = nil, absent: NamedFiles.Absent = .error,
    reader: PictureReader? = nil
  ) {
    self.root = root
    self.absent = absent
    self.reader = reader
  }
}

extension String {
  /// The way to a path from a folder, by their names alone.
  func relative(to folder: String) -> String {
    let own = Self.parts(self)
    let other = Self.parts(folder)
    guard hasPrefix("/") == folder.hasPrefix("/"), !other.contains("..") else { return self }
    let shared = zip(own, other).prefix { $0 == $1 }.count
    let way =
      [String](repeating: "..", count: other.count - shared) + own.dropFirst(shared)
    return way.joined(separator: "/")
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").filter { $0 != "." }.map(String.init)
  }
}
