internal import Diagnostics
internal import Pipeline
internal import YAML

/// Offers to write what a diagnostic suggests.
enum CodeActions: Feature {
  static let method = "textDocument/codeAction"
  static let need = Need.analysis

  static func capabilities(_ client: ClientCapabilities) -> Value {
    ["codeActionProvider": ["codeActionKinds": [.string(kind)]]]
  }

  private static let kind = "quickfix"

  static func answer(_ request: DocumentRequest) throws(ResponseError) -> Value {
    let range = try TextRange(request.parameters["range"])
    let wanted = request.parameters["context"]?["only"]?.array?.compactMap(\.string)
    guard wanted?.contains(where: { $0.isEmpty || $0 == kind }) ?? true else { return [] }
    var problems = Diagnostics()
    for analysis in request.analyses {
      problems.add(
        contentsOf: analysis.problems.filter {
          ($0.location.map { PipelineFile.absolute($0.file) } ?? analysis.path) == request.path
        })
    }
    return .array(
      problems.filter { problem in
        problem.range.map { request.text.range(of: $0).touches(range) } ?? false
      }.flatMap { actions(for: $0, in: request) })
  }

  private static func actions(for problem: Diagnostic, in request: DocumentRequest) -> [Value] {
    let shown = problem.value(in: request.text, request.client, place: request.workspace.location)
    return problem.replacements.enumerated().map { index, remedy in
      var edit = WorkspaceEdit(request.workspace)
      let path = PipelineFile.absolute(remedy.range.start.file)
      if let text = request.workspace.outline(of: path)?.text {
        let written = text.bytes(of: remedy.range)
        edit.replace(
          text.range(written), in: path,
          with: ScalarText.replacing(text.string(written), with: remedy.text))
      }
      return [
        "title": .string("Write '\(remedy.text)'"), "kind": .string(kind),
        "diagnostics": [shown], "isPreferred": .bool(index == 0),
        "edit": edit.value(for: request.client),
      ]
    }
  }
}

extension ScalarText {
  /// How a text is written in place of another, in the quotes that this has.
  fileprivate static func replacing(_ old: String, with new: String) -> String {
    if let quote = old.utf8.first, LineText.isQuote(quote), old.utf8.count > 1,
      old.utf8.last == quote
    {
      let mark = String(UnicodeScalar(quote))
      return mark + written(new, within: quote) + mark
    }
    // References and aliases have marks of their own.
    return old.hasPrefix("$") || new.hasPrefix("*") ? new : written(new, within: nil)
  }
}
