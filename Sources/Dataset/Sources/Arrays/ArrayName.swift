/// A name of an array, or of its file, that may say in which split its rows are: `x_train`, `test_images`.
struct ArrayName {
  /// The name without the word for a split.
  let base: String
  let split: SplitName?

  private static let marks: Set<Character> = ["_", "-", ".", " "]

  init(_ name: String) {
    let words = name.split { Self.marks.contains($0) }.map(String.init)
    let places = words.indices.filter { Self.split(named: words[$0]) != nil }
    guard let place = places.first, places.count == 1, words.count > 1 else {
      base = name
      split = nil
      return
    }
    split = Self.split(named: words[place])
    var rest = words
    rest.remove(at: place)
    base = rest.joined(separator: "_")
  }

  /// MNIST's files of test rows are called `t10k`, for their ten thousand.
  private static func split(named word: String) -> SplitName? {
    word.lowercased() == "t10k" ? .test : SplitFolders.split(named: word)
  }
}
