/// What surrounds a place in a document, as far as completing what is written there needs to know.
struct CursorPlace: Equatable {
  /// The path of the mapping whose key, or of the value that, could be written here.
  var path: [Step]

  /// Whether a key could stand here, and whether a value without one.
  var allowsKey: Bool
  var allowsValue: Bool

  /// What is written already before the place, and the whole word that it belongs to.
  var prefix: Range<Int>
  var word: Range<Int>

  /// Whether this is within brackets, and within which quotes.
  var isFlow = false
  var quote: UInt8?

  /// How far a key at this place is indented.
  var column = 0

  /// Whether a colon stands directly before, so that a space is needed.
  var needsSpace = false

  /// Whether a colon follows the word already.
  var hasColon = false
}
