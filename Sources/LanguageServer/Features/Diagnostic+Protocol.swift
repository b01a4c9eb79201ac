internal import Diagnostics
internal import Pipeline
internal import YAML

extension Diagnostic {
  /// The diagnostic as the protocol has it. Remedies belong to its message; other places that matter are
  /// related information, where the client knows that.
  func value(
    in text: DocumentText, _ client: ClientCapabilities, place: (SourceRange) -> Value?
  ) -> Value {
    let start = TextRange(
      TextPosition(line: 0, character: 0), TextPosition(line: 0, character: 0))
    var lines = [message]
    var related: [Value] = []
    for note in notes {
      if let range = note.range, client.hasRelatedInformation, let location = place(range) {
        related.append(["location": location, "message": .string(note.message)])
      } else {
        lines.append(note.range.map { "\(note.message) (\($0.start))" } ?? note.message)
      }
    }
    var value: Value = [
      "range": (range.map { text.range(of: $0) } ?? start).value,
      "severity": severity == .error ? 1 : 2, "source": "anneal",
      "message": .string(lines.joined(separator: "\n")),
    ]
    if !related.isEmpty { value["relatedInformation"] = .array(related) }
    return value
  }
}

extension Workspace {
  /// A diagnostic's place as the protocol has it; `nil` where its file cannot be read.
  func location(of range: SourceRange) -> Value? {
    let path = PipelineFile.absolute(range.start.file)
    guard let text = outline(of: path)?.text else { return nil }
    return ["uri": .string(uri(of: path)), "range": text.range(of: range).value]
  }
}
