internal import Diagnostics
internal import YAML

extension Diagnostic {
  /// For programs such as editors: the place counts lines and columns from 1, columns in characters.
  var value: Value {
    var value: Value = ["severity": .string(severity.rawValue), "message": .string(message)]
    if let range { value["place"] = range.value }
    value["notes"] = .array(
      notes.map { note in
        var value: Value = ["message": .string(note.message)]
        if let range = note.range { value["place"] = range.value }
        if let replacement = note.replacement, let range = replacement.range ?? range {
          value["replacement"] = ["text": .string(replacement.text), "place": range.value]
        }
        return value
      })
    return value
  }
}

extension SourceRange {
  fileprivate var value: Value {
    [
      "file": .string(start.file), "line": .int(start.line), "column": .int(start.column),
      "length": .int(length),
    ]
  }
}
