/// The texts that stand for a missing value in a column, beside an empty field and NaN.
///
/// A text that is a number stands for every way to write it: `-999` for `-999.0` too.
struct MissingTexts: Hashable, Sendable {
  private var texts: Set<[UInt8]> = []
  private var numbers: Set<Double> = []

  init(_ texts: some Sequence<String>) {
    for text in texts {
      let bytes = Array(text.trimmingBlanks.utf8)
      self.texts.insert(bytes)
      if let number = Cell.number(bytes[...]) { numbers.insert(number) }
    }
  }

  var isEmpty: Bool { texts.isEmpty }

  /// The texts, and the numbers that some of them are, in a settled order.
  var sortedTexts: [[UInt8]] { texts.sorted { $0.lexicographicallyPrecedes($1) } }
  var sortedNumbers: [Double] { numbers.filter { !$0.isNaN }.sorted() }

  func contains(_ text: ArraySlice<UInt8>) -> Bool { !texts.isEmpty && texts.contains(Array(text)) }

  func contains(_ number: Double) -> Bool { !numbers.isEmpty && numbers.contains(number) }
}
