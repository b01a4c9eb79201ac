internal import Foundation

/// What `docs/benchmarks.md` holds: a text for each part, of which one may be written anew alone.
struct BenchmarkDocument: Hashable, Sendable {
  private var parts: [Part: String] = [:]

  /// - Parameter text: What is there; parts that it does not mark are not kept.
  init(_ text: String = "") {
    for part in Part.allCases {
      guard let start = text.range(of: Self.start(part)),
        let end = text[start.upperBound...].range(of: Self.end(part))
      else { continue }
      parts[part] = text[start.upperBound..<end.lowerBound].trimmed
    }
  }

  subscript(part: Part) -> String? {
    get { parts[part] }
    set { parts[part] = newValue?.trimmed }
  }

  var markdown: String {
    let texts = Part.allCases.compactMap { part in
      parts[part].map { "\(Self.start(part))\n\n\($0)\n\n\(Self.end(part))" }
    }
    return (["# Benchmarks", Self.introduction] + texts).joined(separator: "\n\n") + "\n"
  }

  private static let introduction = """
    Each part was measured by itself, and says by which command, when and where.
    """

  private static func start(_ part: Part) -> String {
    "<!-- \(part.rawValue): written by `benchmarks` -->"
  }
  private static func end(_ part: Part) -> String { "<!-- end of \(part.rawValue) -->" }
}

extension StringProtocol {
  /// Without blank lines around it.
  fileprivate var trimmed: String {
    let isBlank = { (letter: Character) in letter.isWhitespace }
    let rest = drop(while: isBlank)
    return String(rest.reversed().drop(while: isBlank).reversed())
  }
}
