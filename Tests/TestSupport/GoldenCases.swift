internal import Foundation

/// A file of cases that each hold an input and the exact text that is to come out of it.
///
///     #### what the case shows --set vars.x=3
///     pipeline: p
///     ----
///     p.yaml:1:1: error: …
///
/// `ANNEAL_UPDATE_GOLDEN=1 swift test` writes what comes out into the file.
package struct GoldenCases {
  package struct Case: Sendable {
    package let title: String
    package let input: String
    package let output: String
  }

  private let path: String
  package let cases: [Case]

  private static let isUpdating = ProcessInfo.processInfo.environment["ANNEAL_UPDATE_GOLDEN"] == "1"

  package init(_ name: String, file: String = #filePath) throws {
    let tests = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    path = tests.appending(path: "Golden/\(name)").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    cases = text.components(separatedBy: "#### ").dropFirst().map { block in
      let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let parts = (lines.count > 1 ? String(lines[1]) : "").components(separatedBy: "----\n")
      return Case(
        title: String(lines[0]), input: parts[0],
        output: parts.count > 1 ? parts[1].trimmingCharacters(in: .newlines) : "")
    }
  }

  /// Compares every case's output, or rewrites the file.
  ///
  /// - Returns: what differs, one text for each case.
  package func differences(_ output: (Case) -> String) throws -> [String] {
    let outputs = cases.map { output($0).trimmingCharacters(in: .newlines) }
    guard Self.isUpdating else {
      return zip(cases, outputs).filter { $0.output != $1 }.map { item, text in
        "\(item.title)\nexpected:\n\(item.output)\ngot:\n\(text)"
      }
    }
    let blocks = zip(cases, outputs).map { item, text in
      "#### \(item.title)\n\(item.input)----\n\(text)\n"
    }
    try blocks.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    return []
  }
}
