/// A file as it stood when its content was read.
///
/// No program can set the time of change, so what has the identity that it had has its content too.
struct FileIdentity: Hashable, Sendable, Codable {
  var device: UInt64
  var inode: UInt64
  var size: Int
  var modified: Int
  var changed: Int
}

extension FileIdentity {
  init(_ status: FileStatus) {
    self.init(
      device: status.device, inode: status.inode, size: status.size, modified: status.modified,
      changed: status.changed)
  }
}
