/// Finds the code of a text among the texts of a category or the classes of a target.
///
/// A text that is written like none of them is compared as a whole number: `1.0` is the class `1`.
struct CodeTable {
  private var codes: [String: Int32] = [:]

  /// - Parameter texts: In code order.
  init(_ texts: [String]) {
    for (code, text) in zip(Int32(0)..., texts) where codes[text] == nil { codes[text] = code }
    for (code, text) in zip(Int32(0)..., texts) where codes[text.labelKey] == nil {
      codes[text.labelKey] = code
    }
  }

  subscript(text: String) -> Int32? { codes[text] ?? codes[text.labelKey] }
}

extension String {
  /// What labels are compared by: the digits of a whole number, however it is written, and the text itself
  /// for all others. Zeros in front make a code of digits, which is no number.
  var labelKey: String {
    let bytes = Array(utf8)
    guard let first = bytes.first, first < UInt8(ascii: ":"), !Cell.hasLeadingZero(bytes[...]),
      let number = Cell.number(bytes[...]), let whole = Int(exactly: number),
      abs(number) < 0x1p53
    else { return self }
    return String(whole)
  }
}
