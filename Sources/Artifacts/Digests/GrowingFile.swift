package import Diagnostics

/// A file that grows at its end alone, digested as it grows: what it holds is read once, soon after it was
/// written.
package struct GrowingFile: ~Copyable {
  private let file: OpenFile
  private let hash = SHA256()
  private var count = 0
  private var chunk = Digest.emptyChunk

  package init(_ path: String) throws(Diagnostic) { file = try OpenFile(reading: path) }

  /// Takes in what is new, and has it written out to the medium meanwhile.
  package mutating func advance() throws(Diagnostic) {
    let more = try hash.update(withRestOf: file, through: &chunk)
    count += more
    if more > 0 { file.beginWritingOut() }
  }

  /// What the file holds, once nobody writes to it any more.
  ///
  /// - Returns: `nil` where it is not as it was read.
  package consuming func finish() throws(Diagnostic) -> DigestedFile? {
    let identity = FileIdentity(try file.status())
    try advance()
    guard identity.size == count, identity == FileIdentity(try file.status()) else { return nil }
    return DigestedFile(identity: identity, digest: hash.digest())
  }
}
