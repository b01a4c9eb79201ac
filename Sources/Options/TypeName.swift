/// A type's name as the reference and the schema use it.
struct TypeName {
  /// The nested name without its module, such as `Train.Settings`.
  let text: String

  init(_ type: Any.Type) {
    let parts = String(reflecting: type).split(separator: ".").dropFirst()
    text = parts.filter { !$0.hasPrefix("(") }.joined(separator: ".")
      .split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "_" }.joined(separator: "-")
  }

  /// The name in words, such as `Train settings`.
  var title: String {
    var words = ""
    for character in text {
      if !character.isLetter && !character.isNumber {
        words += " "
      } else if character.isUppercase, let last = words.last, last.isLowercase {
        words += " " + character.lowercased()
      } else if character.isUppercase, words.last == " " {
        words += character.lowercased()
      } else {
        words.append(character)
      }
    }
    return words
  }
}
