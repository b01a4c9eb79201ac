/// A document that the client has open, whose text counts instead of the file's.
struct OpenDocument: Sendable {
  let uri: String

  /// The absolute path of the file, or one that a text without a file is held to have.
  let path: String
  var version: Int
  var text: DocumentText
}
