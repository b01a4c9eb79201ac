package import Diagnostics
internal import Glibc

/// What the file system says of a path without opening it; a symbolic link is not followed.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case file, folder, symbolicLink, other }

  package var kind: Kind
  package var size: Int
  /// Nanoseconds since 1970 of the last change of content.
  package var modified: Int
  /// Nanoseconds since 1970 of the last change of content, name or rights, which no program can set.
  package var changed: Int
  package var device: UInt64
  package var inode: UInt64
  /// How many names the file has.
  package var links: Int
  /// The bits of `chmod`, and those of the kind above them.
  package var mode: UInt32

  /// Reads the status of a path, or returns `nil` where there is nothing.
  ///
  /// - Parameter following: whether to look at what a symbolic link points to instead.
  package init?(of path: String, following: Bool = false) throws(Diagnostic) {
    var status = stat()
    let result = unsafe following ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .system("cannot look at '\(path)'")
    }
    self.init(status)
  }

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .symbolicLink
    default: kind = .other
    }
    size = Int(status.st_size)
    modified = status.st_mtim.nanoseconds
    changed = status.st_ctim.nanoseconds
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    links = Int(status.st_nlink)
    mode = status.st_mode
  }

  /// What there is, for messages, such as `a pipe`.
  package var noun: String {
    switch mode & S_IFMT {
    case S_IFREG: "a file"
    case S_IFDIR: "a folder"
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }

  /// Whether the owner may run it.
  package var isExecutable: Bool { mode & S_IXUSR != 0 }
}

extension timespec {
  /// Nanoseconds since 1970; what lies before 1677 or after 2262 is told as the nearest that can be.
  var nanoseconds: Int {
    let (whole, overflow) = tv_sec.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, again) = whole.addingReportingOverflow(tv_nsec)
    return overflow || again ? (tv_sec < 0 ? .min : .max) : sum
  }
}
