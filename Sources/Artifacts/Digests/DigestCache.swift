internal import Glibc

/// What is remembered of files: the digest that content had at a size, time of change and inode.
struct DigestCache {
  private struct Entry {
    var size: Int
    var modified: Int
    var inode: UInt64
    var device: UInt64
    var digest: Digest

    func describes(_ status: FileStatus) -> Bool {
      size == status.size && modified == status.modified && inode == status.inode
        && device == status.device
    }
  }

  private var entries: [String: Entry] = [:]
  var hasChanged = false

  init() {}

  /// Nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// The digest of a file that is still as it was.
  func digest(of path: String, _ status: FileStatus) -> Digest? {
    guard let entry = entries[path], entry.describes(status) else { return nil }
    return entry.digest
  }

  /// Remembers a digest, unless the file changed so lately that another change could leave the time
  /// of the last one as it is.
  mutating func remember(_ path: String, _ status: FileStatus, _ digest: Digest, at now: Int) {
    let settled = 1_000_000_000
    guard status.modified < now - settled, !path.utf8.contains(UInt8(ascii: "\n")) else { return }
    entries[path] = Entry(
      size: status.size, modified: status.modified, inode: status.inode, device: status.device,
      digest: digest)
    hasChanged = true
  }

  // MARK: The file

  private static let heading = "anneal digests 1"

  /// One line for each file: size, time of change, inode, device, digest and path.
  var bytes: [UInt8] {
    var text = Array("\(Self.heading)\n".utf8)
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let numbers = "\(entry.size) \(entry.modified) \(entry.inode) \(entry.device)"
      text += "\(numbers) \(entry.digest.hex) \(path)\n".utf8
    }
    return text
  }

  /// Reads a file; lines that make no sense are passed over, which costs no more than reading the
  /// files again.
  init(parsing bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, first.elementsEqual(Self.heading.utf8) else { return }
    entries.reserveCapacity(lines.count)
    for line in lines.dropFirst() {
      let fields = line.split(
        separator: UInt8(ascii: " "), maxSplits: 5, omittingEmptySubsequences: false)
      guard fields.count == 6, let size = Self.number(fields[0]),
        let modified = Self.number(fields[1]), let inode = Self.number(fields[2]),
        let device = Self.number(fields[3]),
        let digest = Digest(hex: String(decoding: fields[4], as: UTF8.self))
      else { continue }
      entries[String(decoding: fields[5], as: UTF8.self)] = Entry(
        size: Int(truncatingIfNeeded: size), modified: Int(truncatingIfNeeded: modified),
        inode: inode, device: device, digest: digest)
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self))
  }
}
