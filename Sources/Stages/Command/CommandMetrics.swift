internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import YAML

/// The JSON files in which a command leaves figures about its result.
///
/// Objects lie in one another, and a key with dots is taken for the path that it looks like. Numbers, truth
/// values and short texts count. `NaN` and `Infinity`, as many programs write them, are numbers.
struct CommandMetrics {
  private let paths: [String]
  private let directory: String

  /// Where each path stands in the pipeline.
  private let places: [SourceRange?]

  /// Larger files are data, not figures about a result.
  private static let limits = Limits(bytes: 1 << 20, depth: 8, nodes: 100_000, scalarBytes: 1 << 16)

  /// So many values may all files have together.
  private static let most = 1000

  /// A text of more characters is no name and no choice.
  private static let longest = 200

  init(_ paths: [String], in directory: String, places: [SourceRange?] = []) {
    self.paths = paths.map(\.plainPath)
    self.directory = directory
    self.places = places
  }

  /// What the files say, with warnings about what cannot be taken.
  struct Found {
    var metrics: Value = [:]
    var warnings: [Diagnostic] = []

    /// The file that each metric is from, by its path.
    fileprivate(set) var origins: [[String]: String] = [:]
    fileprivate var branches: Set<[String]> = []
  }

  /// A file that is being read.
  fileprivate struct File {
    let path: String
    let place: SourceRange?
    var leftOut: [String] = []
    var notFinite: [String] = []
  }

  /// Reads the files that are there.
  ///
  /// - Parameter optional: tells the files that need not be.
  func read(optional: (_ path: String) -> Bool) throws(Diagnostic) -> Found {
    var found = Found()
    for (index, path) in paths.enumerated() {
      var file = File(path: path, place: places.indices.contains(index) ? places[index] : nil)
      guard let value = try value(in: file) else {
        if optional(path) { continue }
        throw Diagnostic(
          "the command did not write '\(path)'", at: file.place,
          remedy: "let it write its metrics there, or remove the file from 'metrics'")
      }
      guard value.object != nil else {
        throw Diagnostic(
          "'\(path)' holds no JSON object", at: file.place,
          remedy: "let the command write metrics by name, such as {\"accuracy\": 0.9}")
      }
      try add(value, below: [], from: &file, to: &found)
      found.warnings += file.warnings
    }
    return found
  }

  private func value(in file: File) throws(Diagnostic) -> Value? {
    let full = file.path.path(in: directory)
    guard let status = try FileStatus(of: full, following: true) else { return nil }
    guard status.kind == .file else {
      throw Diagnostic("'\(file.path)' is no file", at: file.place, remedy: "name a JSON file")
    }
    guard let bytes = try Folder.contents(of: full, atMost: Self.limits.bytes) else {
      throw Diagnostic(
        "'\(file.path)' has more than \(Self.limits.bytes) bytes", at: file.place,
        remedy: "let the command write single figures there, and its data to another file")
    }
    do throws(Diagnostic) {
      return try Value(
        parsingJSON: bytes, file: file.path, limits: Self.limits, allowsNonFinite: true)
    } catch {
      let line = error.location.map { " (line \($0.line), column \($0.column))" } ?? ""
      throw Diagnostic(
        "'\(file.path)' cannot be read as JSON: \(error.message)\(line)", at: file.place,
        remedy: "let the command write one JSON object there, such as {\"accuracy\": 0.9}")
    }
  }

  private func add(
    _ value: Value, below path: [String], from file: inout File, to found: inout Found
  ) throws(Diagnostic) {
    let name = path.joined(separator: ".")
    switch value {
    case .object(let members):
      for (key, member) in members.sorted(by: { $0.key < $1.key }) {
        let steps = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if steps.contains("") {
          file.leftOut.append((path + [key]).joined(separator: "."))
        } else {
          try add(member, below: path + steps, from: &file, to: &found)
        }
      }
    case .null: break
    case .array: file.leftOut.append(name)
    case .string(let text) where text.count > Self.longest: file.leftOut.append(name)
    case .bool, .int, .double, .string:
      if case .double(let number) = value, !number.isFinite { file.notFinite.append(name) }
      try found.take(value, at: path, from: file.path, declaredAt: file.place)
      guard found.origins.count <= Self.most else {
        throw Diagnostic(
          "there are more than \(Self.most) metrics", at: file.place,
          remedy: "let the command write what matters there, and the rest to another file")
      }
    }
  }
}

extension CommandMetrics.Found {
  fileprivate mutating func take(
    _ value: Value, at path: [String], from file: String, declaredAt place: SourceRange?
  ) throws(Diagnostic) {
    let above = (1..<path.count).map { Array(path[..<$0]) }
    if let taken = (above + [path]).first(where: { origins[$0] != nil })
      ?? (branches.contains(path) ? path : nil)
    {
      let name = taken.joined(separator: ".")
      let other = origins[taken] ?? file
      throw Diagnostic(
        other == file
          ? "'\(file)' gives '\(name)' twice" : "'\(other)' and '\(file)' both give '\(name)'",
        at: place, remedy: "give each metric a name of its own")
    }
    branches.formUnion(above)
    origins[path] = file
    metrics = metrics.merging(path.reversed().reduce(value) { [$1: $0] })
  }
}

extension CommandMetrics.File {
  /// What is said of values that are no metrics, or of no use to a choice.
  fileprivate var warnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if !leftOut.isEmpty {
      warnings.append(
        Diagnostic(
          "\(Self.listing(leftOut)) of '\(path)' \(leftOut.count == 1 ? "is" : "are") no metric",
          at: place, severity: .warning,
          remedy: "metrics are numbers, truth values and short texts by name, not lists"))
    }
    if !notFinite.isEmpty {
      warnings.append(
        Diagnostic(
          "\(Self.listing(notFinite)) of '\(path)' \(notFinite.count == 1 ? "is" : "are") not finite",
          at: place, severity: .warning, remedy: "nothing can be picked by such a number"))
    }
    return warnings
  }

  private static func listing(_ names: [String]) -> String {
    let others = names.count - 3
    return names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      + (others > 0 ? " and \(others) more" : "")
  }
}
