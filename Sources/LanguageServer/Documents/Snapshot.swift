/// The open documents at one moment, for work that goes on beside further changes.
struct Snapshot: Sendable {
  /// By path.
  private(set) var texts: [String: [UInt8]] = [:]
  private(set) var versions: [String: Int] = [:]

  init(_ documents: some Sequence<OpenDocument>) {
    for document in documents {
      texts[document.path] = document.text.bytes
      versions[document.path] = document.version
    }
  }
}
