/// Where the symbolic links of a tree lead, told without looking at a disk.
package struct LinkTargets {
  private let targets: [String: String]

  /// So many links on the way to a file are followed, as the system does.
  private static let longest = 40

  package init(_ links: [TreeManifest.Link]) {
    targets = Dictionary(links.map { ($0.path, $0.target) }) { first, _ in first }
  }

  /// The path in the tree that a link leads to, whether something is there or not; the empty path is the
  /// tree's own folder.
  ///
  /// - Returns: `nil` where it leads out of the tree, be it on the way, or in a circle.
  package func destination(of link: String) -> String? {
    var way: [Substring] = []
    var left = Array(link.split(separator: "/").reversed())
    var followed = 0
    while let part = left.popLast() {
      switch part {
      case ".": continue
      case "..":
        if way.popLast() == nil { return nil }
      default:
        way.append(part)
        guard let target = targets[way.joined(separator: "/")] else { continue }
        followed += 1
        guard followed <= Self.longest, !target.isEmpty, !target.hasPrefix("/"),
          !target.utf8.contains(0)
        else { return nil }
        way.removeLast()
        left += target.split(separator: "/").reversed()
      }
    }
    return way.joined(separator: "/")
  }

  /// Whether a folder on the way to a path is a link.
  func passesLink(on path: String) -> Bool {
    path.indices.contains { index in
      path[index] == "/" && targets[String(path[..<index])] != nil
    }
  }
}
