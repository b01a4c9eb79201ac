/// One step on the way from the top of a document to a value in it.
enum Step: Hashable, Sendable {
  case key(String)
  case item(Int)

  var key: String? {
    if case .key(let key) = self { key } else { nil }
  }
}
