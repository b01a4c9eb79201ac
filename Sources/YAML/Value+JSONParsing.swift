package import Diagnostics

extension Value {
  /// Reads one JSON text (RFC 8259).
  ///
  /// An object that has a key twice is refused. An integer that does not fit `Int` becomes a
  /// floating-point number.
  /// - Parameters:
  ///   - bytes: The text as UTF-8.
  ///   - file: The name that places in errors carry.
  ///   - allowsNonFinite: Whether `NaN`, `Infinity` and `-Infinity` are numbers, which JSON lacks.
  package init(
    parsingJSON bytes: some Collection<UInt8>, file: String = "<json>", limits: Limits = .data,
    allowsNonFinite: Bool = false
  ) throws(Diagnostic) {
    guard bytes.count <= limits.bytes else {
      throw Diagnostic(
        "the JSON text has \(bytes.count) bytes", at: SourceRange(file: file, line: 1, column: 1),
        remedy: "at most \(limits.bytes) bytes are read")
    }
    var parser = JSONParser(
      bytes: Array(bytes), file: file, limits: limits, allowsNonFinite: allowsNonFinite)
    self = try parser.parse()
  }

  /// Reads one JSON text (RFC 8259) from a string.
  package init(
    parsingJSON text: String, file: String = "<json>", limits: Limits = .data
  ) throws(Diagnostic) {
    self = try Value(parsingJSON: text.utf8, file: file, limits: limits)
  }
}
