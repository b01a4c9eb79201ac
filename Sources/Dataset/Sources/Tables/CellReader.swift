/// Reads the fields of one column of a table.
struct CellReader: Hashable, Sendable {
  var missing: MissingTexts
  var style: NumberStyle

  init(missing: MissingTexts = MissingTexts([]), style: NumberStyle = .plain) {
    self.missing = missing
    self.style = style
  }

  /// What a field holds; blanks around it do not count.
  func cell(_ field: ArraySlice<UInt8>) -> Cell {
    let bytes = Cell.trimmed(field)
    if bytes.isEmpty || missing.contains(bytes) { return .missing }
    guard let number = style.number(bytes) else { return .text }
    return number.isNaN || missing.contains(number) ? .missing : .number(number)
  }
}
