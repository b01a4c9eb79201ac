/// Counts the tokens of texts, for a vocabulary of the most frequent.
struct VocabularyCount {
  private let form: TextForm
  private let most: Int
  private let tokenizer: Tokenizer
  private var counts: [String: Int] = [:]

  /// Beyond so many different tokens, those that came once so far are forgotten.
  private static let mostCounted = 1 << 22

  /// - Parameter most: The largest vocabulary.
  init(_ form: TextForm, most: Int) {
    self.form = form
    self.most = most
    tokenizer = Tokenizer(form)
  }

  mutating func add(_ text: some Collection<UInt8>) throws(Tokenizer.Problem) {
    guard form.unit != .byte else { return }
    var found = counts
    counts = [:]
    defer { counts = found }
    try tokenizer.forEachToken(of: text) { found[$0, default: 0] += 1 }
    if found.count > Self.mostCounted { found = found.filter { $0.value > 1 } }
  }

  /// The most frequent tokens, those of equal number by their bytes.
  var vocabulary: [String] {
    let sorted = counts.sorted { left, right in
      left.value == right.value
        ? left.key.utf8.lexicographicallyPrecedes(right.key.utf8) : left.value > right.value
    }
    return sorted.prefix(most).map(\.key)
  }
}
