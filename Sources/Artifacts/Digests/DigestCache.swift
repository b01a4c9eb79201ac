internal import Glibc

/// What is remembered of files: the digest of the content that an inode has had since its last change.
///
/// Neither a path nor a name is kept, so moving a folder costs nothing.
struct DigestCache {
  private var known: DigestRecords
  private var added: [FileIdentity: Digest] = [:]

  init(_ known: DigestRecords = DigestRecords()) { self.known = known }

  /// Nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.nanoseconds
  }

  var hasChanged: Bool { !added.isEmpty }

  /// The digest of a file that is still as it was.
  mutating func digest(of status: FileStatus, at now: Int) -> Digest? {
    let file = FileIdentity(status)
    return known.digest(of: file, on: Self.day(now)) ?? added[file]
  }

  /// Remembers a digest, unless the file changed so lately that another change could leave the time
  /// of the last one as it is.
  mutating func remember(_ status: FileStatus, _ digest: Digest, at now: Int) {
    guard Self.isSettled(status, at: now) else { return }
    added[FileIdentity(status)] = digest
  }

  /// Whether another change of a file would show in the time of its last one.
  static func isSettled(_ status: FileStatus, at now: Int) -> Bool {
    status.modified < now - 1_000_000_000
  }

  /// All that is worth keeping: what was added replaces what its inodes had before, and what nobody
  /// asked for in 60 days is dropped.
  mutating func merged(at now: Int) -> DigestRecords {
    let today = Self.day(now)
    known = known.adding(
      added.map { DigestRecords.Record(file: $0.key, day: today, digest: $0.value) },
      droppingBefore: today - 60)
    added = [:]
    return known
  }

  private static func day(_ time: Int) -> Int { time / 86_400_000_000_000 }
}
