internal import Diagnostics

/// A question with its answer.
struct Section: Sendable {
  struct Part: Sendable {
    let caption: String
    let table: MarkdownTable
  }

  let title: String
  let text: String
  var parts: [Part] = []
  var verdicts: [TargetCheck] = []
  var ratios: [RatioCheck] = []
  /// Why there is no answer, where there is none.
  var problem: Diagnostic?

  var markdown: String {
    let tables = parts.map { part in
      (part.caption.isEmpty ? "" : "**\(part.caption)**\n\n") + part.table.text
    }
    return (["### \(title)", text] + tables).joined(separator: "\n\n")
  }
}
