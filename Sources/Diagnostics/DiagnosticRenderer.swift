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

  /// The diagnostics one below the other; of a file's errors, and of its warnings, so many and then their
  /// number.
  package func render(_ diagnostics: Diagnostics) -> String {
    var counts: [Group: Int] = [:]
    var order: [Group] = []
    var texts: [String] = []
    for diagnostic in diagnostics {
      let group = Group(file: diagnostic.location?.file, severity: diagnostic.severity)
      let count = counts[group, default: 0] + 1
      counts[group] = count
      if count == 1 { order.append(group) }
      if count <= Self.mostOfGroup { texts.append(render(diagnostic)) }
    }
    let omitted = order.compactMap { group in
      counts[group].map { $0 - Self.mostOfGroup }.flatMap { $0 > 0 ? group.omitting($0) : nil }
    }
    return (texts + omitted.map(printable)).joined(separator: "\n")
  }

  private static let mostOfGroup = 100

  private struct Group: Hashable {
    let file: String?
    let severity: Diagnostic.Severity

    func omitting(_ count: Int) -> String {
      let noun = count == 1 ? "\(severity.rawValue) is" : "\(severity.rawValue)s are"
      return (file.map { "\($0): " } ?? "") + "\(count) more \(noun) not shown"
    }
  }

  private func block(label: String, message: String, range: SourceRange?) -> [String] {
    let text = style.bold(printable(message.shorteningQuotes()))
    guard let range else { return ["\(label) \(text)"] }
    let head = "\(printable(range.start.description)): \(label) \(text)"
    guard let excerpt = sources[range.start.file]?.excerpt(for: range) else { return [head] }
    return [head, excerpt.line, style.green(excerpt.marker)]
  }

  private func printable(_ text: String) -> String {
    var previous: Unicode.Scalar?
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      shown += scalar == "\n" ? "\n" : DisplayText.named(scalar, after: previous)
      previous = scalar
    }
  }
}
