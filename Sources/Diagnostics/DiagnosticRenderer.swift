/// Turns diagnostics into text for a terminal or a log.
///
///     pipeline.yaml:4:7: error: unknown key 'epoch'
///         epoch: 10
///         ^~~~~
///     note: did you mean 'epochs'?
package struct DiagnosticRenderer: Sendable {
  private let sources: [String: SourceText]
  private let style: Style

  /// - Parameters:
  ///   - sources: The text of each file by the name that locations use. A place in a file that is
  ///     not among them is printed without its line.
  ///   - color: Whether to use ANSI colours.
  package init(sources: [String: String] = [:], color: Bool = false) {
    self.sources = sources.mapValues { SourceText($0) }
    style = Style(isEnabled: color)
  }

  package func render(_ diagnostic: Diagnostic) -> String {
    let label =
      switch diagnostic.severity {
      case .error: style.red("error:")
      case .warning: style.yellow("warning:")
      }
    var lines = block(label: label, message: diagnostic.message, range: diagnostic.range)
    for note in diagnostic.notes {
      lines += block(label: style.blue("note:"), message: note.message, range: note.range)
    }
    return lines.joined(separator: "\n")
  }

  /// All diagnostics, one below the other.
  package func render(_ diagnostics: Diagnostics) -> String {
    diagnostics.all.map { render($0) }.joined(separator: "\n")
  }

  private func block(label: String, message: String, range: SourceRange?) -> [String] {
    let text = style.bold(printable(message))
    guard let range else { return ["\(label) \(text)"] }
    let head = "\(printable(range.start.description)): \(label) \(text)"
    guard let excerpt = sources[range.start.file]?.excerpt(for: range) else { return [head] }
    return [head, excerpt.line, style.green(excerpt.marker)]
  }

  private func printable(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1 == "\n" ? "\n" : DisplayText.shown($1) }
  }
}
