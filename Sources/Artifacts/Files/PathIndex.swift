/// Values kept at paths, found by any path that is the same, leads there, or lies below.
package struct PathIndex<Value> {
  private var values: [String: Value] = [:]

  /// For each folder on the way to a path that has a value, one such value.
  private var below: [String: Value] = [:]

  /// The length of the shortest path that has a value; what is shorter is above all of them.
  private var shortest = Int.max

  package init() {}

  package var isEmpty: Bool { values.isEmpty }

  /// Keeps a value at an absolute path; what was there before is replaced.
  package mutating func insert(_ value: Value, at path: String) {
    let path = path.plainPath
    values[path] = value
    shortest = min(shortest, path.utf8.count)
    var folder = path[...]
    while let above = Self.folder(above: folder), below[String(above)] == nil {
      below[String(above)] = value
      folder = above
    }
  }

  /// The value of a path, of what is below it, or of the nearest folder above it.
  ///
  /// - Parameter pattern: an absolute path; of one with wildcards, the folder in which these begin has
  ///   to be one with a value or below one.
  package func value(overlapping pattern: String) -> Value? {
    guard !values.isEmpty else { return nil }
    let path = pattern.plainPath
    let literal = path[..<(path.firstWildcard ?? path.endIndex)]
    if literal.endIndex == path.endIndex, let value = values[path] ?? below[path] { return value }
    var folder = literal
    while let above = Self.folder(above: folder), above.utf8.count >= shortest {
      if let value = values[String(above)] { return value }
      folder = above
    }
    return nil
  }

  /// The folder that a path is in, but for the root.
  private static func folder(above path: Substring) -> Substring? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else {
      return nil
    }
    return path[..<slash]
  }
}

extension PathIndex: Sendable where Value: Sendable {}
