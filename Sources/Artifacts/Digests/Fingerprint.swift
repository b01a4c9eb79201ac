package import YAML

/// A digest over labelled values in an encoding in which different content never looks alike.
///
/// Each label and each value is preceded by its length and each value by its type, so no two
/// sequences of additions encode to the same bytes.
package struct Fingerprint: Sendable {
  private var bytes: [UInt8] = []

  /// - Parameter purpose: what is fingerprinted; different purposes give different digests.
  package init(_ purpose: String) {
    append("purpose", tag: "t", payload: Array(purpose.utf8))
  }

  /// Adds a value by its canonical JSON.
  package mutating func add(_ label: String, _ value: Value) {
    append(label, tag: "v", payload: Array(value.canonicalJSON.utf8))
  }

  package mutating func add(_ label: String, _ text: String) {
    append(label, tag: "t", payload: Array(text.utf8))
  }

  package mutating func add(_ label: String, _ digest: Digest) {
    append(label, tag: "d", count: 64)
    digest.appendHex(to: &bytes)
  }

  package var digest: Digest { Digest(of: bytes) }

  private mutating func append(_ label: String, tag: Character, payload: [UInt8]) {
    append(label, tag: tag, count: payload.count)
    bytes += payload
  }

  private mutating func append(_ label: String, tag: Character, count: Int) {
    bytes += "\(label.utf8.count):\(label)\(tag)\(count):".utf8
  }
}
