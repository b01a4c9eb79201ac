/// Turns texts into rows of token ids.
struct TextEncoder: Sendable {
  let form: TextForm
  private let tokenizer: Tokenizer
  private let codes: [String: Int32]

  init(_ form: TextForm) {
    self.form = form
    tokenizer = Tokenizer(form)
    codes = Dictionary(zip(form.vocabulary, Int32(TextForm.first)...)) { first, _ in first }
  }

  /// Appends the ids of a text, padded to the form's length.
  func append(_ text: some Collection<UInt8>, to ids: inout [Int32]) throws(Tokenizer.Problem) {
    let end = ids.count + form.length
    if form.unit == .byte {
      for byte in text.prefix(form.length) { ids.append(Int32(TextForm.first) + Int32(byte)) }
    } else {
      try tokenizer.forEachToken(of: text) { ids.append(codes[$0] ?? TextForm.unknown) }
    }
    while ids.count < end { ids.append(TextForm.padding) }
  }

  /// Appends a missing text.
  func appendMissing(to ids: inout [Int32]) {
    ids.append(contentsOf: repeatElement(TextForm.padding, count: form.length))
  }
}
