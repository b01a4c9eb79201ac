import FoundationEssentials

/// The files in which a kernel describes its machine, below a root that tests can choose.
struct SystemFiles {
  /// A folder put before each path; empty for the machine itself.
  var root: String

  /// The text of a file, or `nil` where it is not there or not readable.
  func text(_ path: String) -> String? {
    try? String(contentsOfFile: root + path, encoding: .utf8)
  }

  /// The first line of a file without surrounding blanks.
  func line(_ path: String) -> String? {
    text(path)?.split(separator: "\n").first.map { String($0.trimmed) }
  }

  /// The number that a file holds, written like `0x2330`.
  func hexadecimal(_ path: String) -> Int? {
    guard let text = line(path) else { return nil }
    return Int(text.hasPrefix("0x") ? text.dropFirst(2) : Substring(text), radix: 16)
  }

  /// The sorted names in a folder, empty where it is not there.
  func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: root + path)) ?? []).sorted()
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root + path)
  }
}

extension Substring {
  /// The text without blanks and tabs at either end.
  var trimmed: Substring {
    let kept = drop { $0 == " " || $0 == "\t" }
    guard let last = kept.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return kept }
    return kept[...last]
  }
}
