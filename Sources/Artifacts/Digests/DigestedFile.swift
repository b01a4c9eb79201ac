/// A file's digest, and the file as it stood when its content was digested.
///
/// Whoever writes a file may tell it, so that who takes the file over does not read it again. It holds as long
/// as the file is the same and was not changed since.
package struct DigestedFile: Hashable, Sendable, Codable {
  let identity: FileIdentity
  let digest: Digest
}
