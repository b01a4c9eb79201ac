package import Diagnostics
internal import Glibc

/// A path with wildcards: `*`, `?` and `[…]` within a part, `**` for any number of folders.
package struct FilePattern {
  private let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// What stands between slashes; several `**` in a row are one.
  private var parts: [String] {
    var parts: [String] = []
    for part in text.split(separator: "/")
    where part != "**" || parts.last != "**" {
      parts.append(String(part))
    }
    return parts
  }

  /// The files that match, by path relative to `directory` (absolute where the pattern is), in byte
  /// order. A folder that matches stands for all the files below it.
  ///
  /// What is there under the very name that is written is meant, even where the name holds a wildcard.
  /// Names that begin with a dot match only where the pattern writes the dot. A symbolic link counts as
  /// what it leads to, with its status; one that leads nowhere is passed over. So are Anneal's own files:
  /// stores, and lock files beside their pipeline.
  ///
  /// - Throws: when a linked folder leads back to one that it is in, and when a match is neither file nor
  ///   folder, or has a name that is not UTF-8.
  package func matches(in directory: String) throws(Diagnostic) -> [FileTree.Entry] {
    var found = MatchedFiles(in: directory)
    try search(directory, into: &found)
    return Self.ordered(found.entries)
  }

  private func search(
    _ directory: String, into found: inout MatchedFiles
  ) throws(Diagnostic) {
    let start = text.hasPrefix("/") ? "/" : ""
    let isNamed = try isThere(in: directory)
    if text.firstWildcard == nil || isNamed {
      try found.add(start + parts.joined(separator: "/"), isNamed: true)
    } else {
      try match(parts[...], at: start, in: directory, into: &found)
    }
  }

  private func isThere(in directory: String) throws(Diagnostic) -> Bool {
    try FileStatus(of: text.path(in: directory), following: true) != nil
  }

  /// Whether any file matches, found by looking no further than need be.
  package func isMatched(in directory: String) throws(Diagnostic) -> Bool {
    if text.firstWildcard == nil,
      try FileStatus(of: text.path(in: directory), following: true)?.kind == .file
    {
      return true
    }
    var found = MatchedFiles(in: directory, isOneEnough: true)
    try search(directory, into: &found)
    return found.isEnough
  }

  /// Whether the pattern matches a path, or a folder that the path is in, whatever is there.
  ///
  /// - Parameter path: without empty parts, `.` and `..`, relative to what the pattern is relative to.
  package func covers(_ path: String) -> Bool { extent(over: path).covers }

  /// Whether the pattern matches a path, or may match something below it.
  package func mayMatch(at path: String) -> Bool {
    let extent = extent(over: path)
    return extent.covers || extent.leadsBelow
  }

  private func extent(over path: String) -> (covers: Bool, leadsBelow: Bool) {
    let names = path.split(separator: "/").map(String.init)
    let parts = parts
    // How many of the names the parts so far may stand for.
    var reached: Set<Int> = [0]
    var leadsBelow = false
    for (index, part) in parts.enumerated() {
      if part == "**", index == parts.count - 1 { return (true, leadsBelow) }
      var next: Set<Int> = []
      for start in reached {
        if part == "**" {
          let folders = names[start...].prefix { !$0.hasPrefix(".") }
          next.formUnion(folders.startIndex...folders.endIndex)
        } else if start < names.count, Self.matches(part, names[start]) {
          next.insert(start + 1)
        }
      }
      reached = next
      leadsBelow = leadsBelow || reached.contains(names.count)
      if reached.isEmpty { break }
    }
    return (!reached.isEmpty, leadsBelow)
  }

  private static func matches(_ part: String, _ name: String) -> Bool {
    part.firstWildcard == nil ? part == name : unsafe fnmatch(part, name, FNM_PERIOD) == 0
  }

  /// Sorts what may have been found in several ways, and keeps each path once.
  private static func ordered(_ found: [FileTree.Entry]) -> [FileTree.Entry] {
    func precedes(_ first: FileTree.Entry, _ second: FileTree.Entry) -> Bool {
      first.path.utf8.lexicographicallyPrecedes(second.path.utf8)
    }
    if zip(found, found.dropFirst()).allSatisfy(precedes) { return found }
    var ordered: [FileTree.Entry] = []
    for entry in found.sorted(by: precedes) where entry.path != ordered.last?.path {
      ordered.append(entry)
    }
    return ordered
  }

  /// - Parameter prefix: the part of the path that is matched already; empty, or ending in a slash.
  private func match(
    _ parts: ArraySlice<String>, at prefix: String, in directory: String,
    into found: inout MatchedFiles
  ) throws(Diagnostic) {
    if found.isEnough { return }
    guard let part = parts.first else {
      return try found.add(String(prefix.dropLast()))
    }
    let rest = parts.dropFirst()
    if part == "**", rest.isEmpty {
      try found.add(String(prefix.dropLast()))
    } else if part == "**" {
      try match(rest, at: prefix, in: directory, into: &found)
      for name in try names(at: prefix, in: directory) where !name.hasPrefix(".") {
        guard try found.leadsToFolder(prefix + name) else { continue }
        try match(parts, at: prefix + name + "/", in: directory, into: &found)
      }
    } else if part.firstWildcard != nil {
      for name in try names(at: prefix, in: directory)
      where name != StoreLayout.usualName && Self.matches(part, name) {
        try match(rest, at: prefix + name + "/", in: directory, into: &found)
      }
    } else {
      try match(rest, at: prefix + part + "/", in: directory, into: &found)
    }
  }

  private func names(at prefix: String, in directory: String) throws(Diagnostic) -> [String] {
    let way = prefix == "/" ? prefix : String(prefix.dropLast())
    let folder = way.isEmpty ? directory : way.path(in: directory)
    guard try FileStatus(of: folder, following: true)?.kind == .folder else { return [] }
    let names = try Folder.names(in: folder)
    for name in names {
      guard let problem = FileTree.problem(with: name, in: folder) else { continue }
      if try FileStatus(of: folder + "/" + name) == nil { throw problem }
    }
    return names
  }
}

extension String {
  /// Where the first `*`, `?` or `[` stands.
  package var firstWildcard: Index? {
    utf8.firstIndex { byte in
      byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
    }
  }

  /// Whether this is an address such as `s3://…` and no path.
  package var isAddress: Bool { utf8.contains(UInt8(ascii: ":")) && contains("://") }
}
