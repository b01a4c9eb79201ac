internal import YAML

extension TableFormat {
  /// The format as a dataset records it; what is usual is left out.
  var value: Value {
    var value: Value = [
      "header": .bool(hasHeader), "missing": .array(missing.sorted().map(Value.string)),
    ]
    let usual = TableFormat()
    if let delimiter { value["delimiter"] = Self.text(delimiter) }
    if quote != usual.quote { value["quote"] = quote.map(Self.text) ?? .null }
    if skippedLines > 0 { value["skip-rows"] = .int(skippedLines) }
    if let comment { value["comment"] = Self.text(comment) }
    if encoding != usual.encoding { value["encoding"] = .string(encoding.rawValue) }
    if style.decimal != usual.style.decimal { value["decimal"] = Self.text(style.decimal) }
    if let thousands = style.thousands { value["thousands"] = Self.text(thousands) }
    if !missingByColumn.isEmpty {
      value["missing-by-column"] = .object(
        missingByColumn.mapValues { .array($0.sorted().map(Value.string)) })
    }
    return value
  }

  /// Reads what a dataset recorded; what it does not say is as usual.
  init(_ value: Value) {
    self.init(
      delimiter: Self.byte(value["delimiter"]), hasHeader: value["header"]?.bool ?? true,
      missing: Self.texts(value["missing"]))
    if let quote = value["quote"] { self.quote = Self.byte(quote) }
    skippedLines = value["skip-rows"]?.int.map { max(0, $0) } ?? 0
    comment = Self.byte(value["comment"])
    encoding = value["encoding"]?.string.flatMap(TextEncoding.init(rawValue:)) ?? .utf8
    style = NumberStyle(
      decimal: Self.byte(value["decimal"]) ?? NumberStyle.plain.decimal,
      thousands: Self.byte(value["thousands"]))
    missingByColumn = (value["missing-by-column"]?.object ?? [:]).mapValues(Self.texts)
  }

  private static func text(_ byte: UInt8) -> Value { .string(String(UnicodeScalar(byte))) }

  private static func byte(_ value: Value?) -> UInt8? {
    guard let text = value?.string?.utf8, text.count == 1 else { return nil }
    return text.first
  }

  private static func texts(_ value: Value?) -> Set<String> {
    Set((value?.array ?? []).compactMap(\.string))
  }
}
