/// Numbers the tokens of texts as they come, counts those of the training split, and knows in the end which ids
/// the vocabulary gives them.
struct TokenIndex {
  private let form: TextForm
  private let tokenizer: Tokenizer
  private var numbers: [String: Int32] = [:]
  private var tokens: [String] = []
  private var counts: [Int] = []

  /// For each token its id, once the vocabulary is settled.
  private var ids: [Int32] = []
  private(set) var vocabulary: [String] = []

  /// Tokens that come after so many different ones are unknown.
  private static let mostNumbered = 1 << 22

  init(_ form: TextForm) {
    self.form = form
    tokenizer = Tokenizer(form)
  }

  /// The numbers of a text's tokens, as ids that are not settled yet, padded to the form's length.
  mutating func numbers(of text: some Collection<UInt8>) throws(Tokenizer.Problem) -> [Int32] {
    var found: [Int32] = []
    try tokenizer.forEachToken(of: text) { found.append(number(of: $0)) }
    found += [Int32](repeating: TextForm.padding, count: form.length - found.count)
    return found
  }

  private mutating func number(of token: String) -> Int32 {
    if let number = numbers[token] { return number }
    guard tokens.count < Self.mostNumbered else { return TextForm.unknown }
    let number = Int32(TextForm.first + tokens.count)
    numbers[token] = number
    tokens.append(token)
    counts.append(0)
    return number
  }

  /// Counts the tokens of a row of the training split.
  mutating func count(_ row: some Sequence<Int32>) {
    for number in row where number >= TextForm.first { counts[Int(number) - TextForm.first] += 1 }
  }

  /// Makes the most frequent tokens the vocabulary, those of equal number by their bytes.
  mutating func settle(most: Int) {
    let sorted = tokens.indices.filter { counts[$0] > 0 }.sorted { left, right in
      counts[left] == counts[right]
        ? tokens[left].utf8.lexicographicallyPrecedes(tokens[right].utf8)
        : counts[left] > counts[right]
    }
    ids = [Int32](repeating: TextForm.unknown, count: tokens.count)
    vocabulary = []
    for place in sorted.prefix(most) {
      ids[place] = Int32(TextForm.first + vocabulary.count)
      vocabulary.append(tokens[place])
    }
  }

  /// The settled ids of numbers.
  func settled(_ numbers: [Int32]) -> [Int32] {
    numbers.map { number in
      guard number >= TextForm.first else { return number }
      let place = Int(number) - TextForm.first
      return ids.indices.contains(place) ? ids[place] : TextForm.unknown
    }
  }
}
