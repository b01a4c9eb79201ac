internal import Artifacts

/// The paths that the stages of a pipeline write, found by the patterns of files that others read.
package struct WrittenPaths: Sendable {
  private struct Output: Sendable {
    let path: String
    /// The path with zeros for slashes, which sorts the inside of a folder right behind it.
    let key: [UInt8]
    /// The position of the instance that writes it.
    let writer: Int
  }

  private let outputs: [Output]
  private let byPath: [String: [Int]]

  package var isEmpty: Bool { outputs.isEmpty }

  /// - Parameter instances: Those of a pipeline; one that never runs writes nothing.
  package init(_ instances: [StageInstance]) {
    var outputs: [Output] = []
    for (position, instance) in instances.enumerated() where !instance.isRuledOut {
      for written in instance.settings.written {
        let path = written.path.path(in: instance.directory).plainPath
        outputs.append(Output(path: path, key: Self.key(path), writer: position))
      }
    }
    self.outputs = outputs.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    byPath = Dictionary(grouping: outputs, by: \.path).mapValues { $0.map(\.writer) }
  }

  private static func key(_ path: String) -> [UInt8] {
    path.utf8.map { $0 == UInt8(ascii: "/") ? 0 : $0 }
  }

  /// The positions of the instances that write what a pattern names, or may match, each once.
  package func writers(of pattern: String, in directory: String) -> Set<Int> {
    let full = pattern.path(in: directory).plainPath
    guard let wildcard = full.firstWildcard else {
      return Set(writers(above: full) + outputs(below: full).map(\.writer))
    }
    let folder = String(full[..<wildcard]).parentPath
    let base = pattern.hasPrefix("/") ? "/" : directory + "/"
    let matcher = FilePattern(pattern.plainPath)
    let below = outputs(below: folder).filter { output in
      output.path.hasPrefix(base)
        && matcher.mayMatch(at: String(output.path.dropFirst(base.count)))
    }
    return Set(writers(above: folder) + below.map(\.writer))
  }

  /// Those that write a path itself, or a folder that it is in.
  private func writers(above path: String) -> [Int] {
    var found: [Int] = []
    var path = path
    while !path.isEmpty, path != "/", path != "." {
      found += byPath[path] ?? []
      path = path.parentPath
    }
    return found
  }

  /// What is written at a path or below it.
  private func outputs(below path: String) -> ArraySlice<Output> {
    let key = Self.key(path == "/" ? "" : path)
    let first = outputs.partitioningIndex { !$0.key.lexicographicallyPrecedes(key) }
    return outputs[first...].prefix { output in
      output.key.starts(with: key) && (output.key.count == key.count || output.key[key.count] == 0)
    }
  }
}
