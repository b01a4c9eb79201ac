package import Diagnostics

/// Somewhere that objects can be had from, by the digests of their contents: a folder on a disk, or a
/// store elsewhere.
///
/// What a source gives is untrusted: whoever takes an object holds its content against the digest.
package protocol ObjectSource: Sendable {
  /// What messages call it, such as a folder or an address.
  var name: String { get }

  /// Whether it has an object with this digest and size, as far as it can tell without reading it.
  func contains(_ digest: Digest, size: Int) throws(Diagnostic) -> Bool

  /// The whole content of a small object, such as a tree's manifest; `nil` where it has none.
  func contents(of digest: Digest) throws(Diagnostic) -> [UInt8]?

  /// Writes an object's content to a new file.
  ///
  /// - Returns: `false` where it has no such object; then there is no file.
  func copy(_ digest: Digest, to path: String) throws(Diagnostic) -> Bool
}
