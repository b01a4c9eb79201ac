internal import Artifacts
internal import Diagnostics

/// What is wrong with the paths of a command, as far as the stage tells by itself.
struct CommandPaths {
  private let directory: String

  init(in directory: String) {
    self.directory = directory
  }

  /// An ECMAScript regular expression for paths that may be written, as far as that can tell.
  static let outputPattern = "^(?!/)(?![\\s\\S]*[*?\\[])(?!(?:[\\s\\S]*/)?\\.\\.(?:/|$))[\\s\\S]"

  func problem(withOutput path: String, at place: SourceRange?) -> Diagnostic? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    if path.isEmpty {
      return Diagnostic("the path is empty", at: place, remedy: Self.example)
    }
    if path.hasPrefix("/") || Self.leadsOut(parts) {
      return Diagnostic(
        "'\(path)' is outside of the pipeline's folder", at: place,
        remedy: "name a relative path without '..'")
    }
    if parts.contains(where: Self.isWayBack) {
      return Diagnostic(
        "'\(path)' has '..' in it", at: place, remedy: "name the path without a way back")
    }
    if parts.isEmpty {
      return Diagnostic(
        "'\(path)' is the pipeline's folder itself", at: place, remedy: Self.example)
    }
    if path.firstWildcard != nil {
      return Diagnostic(
        "'\(path)' has a wildcard, but outputs are paths as they stand", at: place,
        remedy: "let the command write into a folder of its own, and name that")
    }
    return path.linkLeading(outOf: directory).map { link in
      Diagnostic(
        "'\(path)' is outside of the pipeline's folder", at: place,
        remedy: "name a path that does not go through the link '\(link)'")
    }
  }

  /// Metrics are read of what the artifact has.
  ///
  /// - Parameter outputs: paths that are right by themselves.
  func problem(
    withMetrics path: String, among outputs: [String], at place: SourceRange?
  ) -> Diagnostic? {
    if let problem = problem(withOutput: path, at: place) { return problem }
    guard !outputs.contains(where: { path.plainPath.isPath(atOrBelow: $0.plainPath) }) else {
      return nil
    }
    return Diagnostic(
      "'\(path)' is not among the outputs", at: place,
      remedy: "name it, or the folder that it is in, under 'outputs' too")
  }

  /// A command whose input is its own output would never be up to date.
  ///
  /// - Parameter outputs: paths that are right by themselves.
  func problem(
    withInput pattern: String, writing outputs: [String], at place: SourceRange?
  ) -> Diagnostic? {
    let plain = pattern.plainPath
    let isBelow = plain.hasPrefix("/") && plain != directory && plain.isPath(atOrBelow: directory)
    let relative = isBelow ? String(plain.dropFirst(directory.count + 1)) : plain
    guard let output = outputs.first(where: { Self.reads(relative, $0.plainPath) }) else {
      return nil
    }
    let isSame = relative == output.plainPath
    return Diagnostic(
      isSame
        ? "the command reads '\(pattern)', which it writes itself"
        : "the command reads '\(output)', which it writes itself, by '\(pattern)'", at: place,
      remedy: isSame ? "remove it from 'inputs'" : "name only what is there before it runs",
      "each run would change what it reads, so that it would never be up to date")
  }

  /// Whether a pattern without doubt reads some of what is written at a path.
  private static func reads(_ pattern: String, _ output: String) -> Bool {
    guard let wildcard = pattern.firstWildcard else {
      return pattern.isPath(atOrBelow: output) || output.isPath(atOrBelow: pattern)
    }
    return String(pattern[..<wildcard]).isPath(atOrBelow: output)
      || FilePattern(pattern).covers(output)
  }

  private static let example = "name a file or folder below it, such as out/table.csv"

  /// Whether the parts of a relative path lead above where it starts, be it on the way.
  private static func leadsOut(_ parts: [Substring.UTF8View]) -> Bool {
    var depth = 0
    for part in parts {
      depth += isWayBack(part) ? -1 : 1
      if depth < 0 { return true }
    }
    return false
  }

  private static func isWayBack(_ part: Substring.UTF8View) -> Bool {
    part.elementsEqual("..".utf8)
  }
}
