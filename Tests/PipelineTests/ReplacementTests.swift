import Diagnostics
import Pipeline
import TestSupport
import Testing

@Suite struct `Replacements` {
  @Test func `every name that is suggested can be written in place of the mistake`() throws {
    var mended = 0
    for item in try GoldenCases("wrong-pipelines.txt").cases {
      let files = PipelineFiles(item)
      let before = problems(files)
      for problem in before {
        // A name that belongs elsewhere takes more than writing another.
        let suggested = problem.notes.filter { note in
          note.message.hasPrefix("did you mean") && !note.message.contains("', under '")
        }
        #expect(problem.replacements.map(\.message) == suggested.map(\.message), "\(item.title)")
        for remedy in problem.replacements where files.has(remedy.range.start.file) {
          let after = problems(files.replacing(remedy))
          #expect(
            !after.contains { $0.message == problem.message && $0.range == problem.range },
            "\(item.title): \(remedy.text)")
          mended += 1
        }
      }
    }
    #expect(mended >= 25)
  }

  private func problems(_ files: PipelineFiles) -> [Diagnostic] {
    do {
      return try files.document(environment: ["EPOCHS": "many"]).graph.warnings.all
    } catch {
      return error.all
    }
  }
}

extension PipelineFiles {
  func has(_ file: String) -> Bool { texts[file] != nil }

  /// The same files with a remedy written into one of them.
  func replacing(_ remedy: Diagnostic.Remedy) -> PipelineFiles {
    let start = remedy.range.start
    var lines = (texts[start.file] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .map { Array($0.unicodeScalars) }
    let first = start.column - 1
    lines[start.line - 1].replaceSubrange(
      first..<first + remedy.range.length, with: remedy.text.unicodeScalars)
    var copy = self
    copy.texts[start.file] = lines.map { String(String.UnicodeScalarView($0)) }
      .joined(separator: "\n")
    return copy
  }
}
