package import Diagnostics
internal import YAML

extension LockFile {
  /// Reads a lock file; `nil` where there is none.
  ///
  /// - Throws: every problem with its place, or that a newer program wrote the file.
  package init?(reading path: String) throws(Diagnostics) {
    do throws(Diagnostic) {
      guard try FileStatus(of: path, following: true) != nil else { return nil }
    } catch {
      throw Diagnostics(error)
    }
    let bytes: [UInt8]
    do throws(Diagnostic) { bytes = try Folder.contents(of: path) } catch {
      throw Diagnostics(error)
    }
    try self.init(parsing: bytes, file: path)
  }

  /// Reads the text of a lock file.
  package init(parsing bytes: [UInt8], file: String) throws(Diagnostics) {
    var reader = Reader(file: file)
    if let conflict = Self.conflict(in: bytes, file: file) {
      throw Diagnostics(
        Diagnostic(
          "the lock file holds a merge conflict, which begins with '<<<<<<<'", at: conflict,
          remedy: reader.remedy))
    }
    guard !Self.isEmpty(bytes) else {
      throw Diagnostics(
        Diagnostic(
          "the lock file is empty",
          at: SourceRange(start: SourceLocation(file: file, line: 1, column: 1), length: 1),
          remedy: reader.remedy))
    }
    let root: Node
    do throws(Diagnostics) { root = try Node(parsing: bytes, file: file, limits: .data) } catch {
      throw Diagnostics(error.map { $0.adding(remedy: reader.remedy) })
    }
    guard let version = root["format"]?.value.int else {
      throw Diagnostics(reader.problem("the lock file has no 'format'", at: root))
    }
    guard version <= Self.formatVersion else {
      throw Diagnostics(
        Diagnostic(
          "the lock file has format \(version), and this anneal reads up to \(Self.formatVersion)",
          at: root["format"]?.range,
          remedy: "use the newer anneal that wrote it, or remove the file and run again"))
    }
    var stages: [String: Stage] = [:]
    for entry in root["stages"]?.mapping ?? [] {
      stages[entry.key] = reader.stage(entry)
    }
    try reader.problems.throwIfErrors()
    self.init(pipeline: root["pipeline"]?.value.string ?? "", stages: stages)
  }

  /// Whether there is nothing but comments.
  private static func isEmpty(_ bytes: [UInt8]) -> Bool {
    bytes.split(separator: UInt8(ascii: "\n")).allSatisfy { line in
      let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
      return first == nil || first == UInt8(ascii: "#")
    }
  }

  /// Where version control left two versions of a part, for a person to choose.
  private static func conflict(in bytes: [UInt8], file: String) -> SourceRange? {
    let mark = Array("<<<<<<<".utf8)
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let line = lines.firstIndex(where: { $0.starts(with: mark) }) else { return nil }
    return SourceRange(
      start: SourceLocation(file: file, line: line + 1, column: 1), length: mark.count)
  }

  /// Reads the stages one by one and keeps all the problems.
  private struct Reader {
    let file: String
    var problems = Diagnostics()

    var remedy: String {
      "take the committed version back, or remove the file and write it anew: "
        + LockFile.command(writing: file)
    }

    mutating func stage(_ entry: Node.Entry) -> Stage? {
      let node = entry.value
      let key = digest("key", of: node)
      let output = digest("output", of: node)
      guard let seed = (node["seed"]?.scalar?.text).flatMap({ UInt64($0) }) else {
        problems.add(problem("stage '\(entry.key)' has no 'seed'", at: node["seed"] ?? node))
        return nil
      }
      var files: [String: Digest] = [:]
      for file in node["files"]?.mapping ?? [] {
        guard let content = file.value.value.string.flatMap({ Digest(hex: $0) }) else {
          problems.add(
            problem("'\(file.key)' is not a digest of 64 hexadecimal digits", at: file.value))
          continue
        }
        files[file.key] = content
      }
      guard let key, let output else { return nil }
      var stage = Stage(
        key: key, output: output, seed: seed, metrics: node["metrics"]?.value ?? [:],
        numerics: node["numerics"]?.value ?? [:], files: files)
      stage.origin = ResultOrigin(node.value)
      return stage
    }

    private mutating func digest(_ name: String, of node: Node) -> Digest? {
      if let digest = node[name]?.value.string.flatMap({ Digest(hex: $0) }) { return digest }
      problems.add(
        problem("'\(name)' is not a digest of 64 hexadecimal digits", at: node[name] ?? node))
      return nil
    }

    func problem(_ fact: String, at node: Node) -> Diagnostic {
      Diagnostic(fact, at: node.range, remedy: remedy)
    }
  }
}
