/// The content of a file within a ZIP archive.
struct ZipEntry: Hashable, Sendable {
  let name: String

  /// Whether the content is deflated; it stands as it is otherwise.
  let isDeflated: Bool

  /// Where the content begins in the archive.
  let offset: Int

  /// Bytes of the content in the archive.
  let packed: Int

  /// Bytes of the content itself.
  let size: Int

  /// The CRC-32 of the content.
  let checksum: UInt32
}
