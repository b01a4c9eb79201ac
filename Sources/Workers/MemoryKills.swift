internal import Artifacts

/// How many processes this machine's kernel has killed for lack of memory.
enum MemoryKills {
  /// The count since the machine started, or `nil` where the kernel does not tell.
  static func count() -> Int? {
    guard let bytes = try? Folder.contents(of: "/proc/vmstat") else { return nil }
    let name = Array("oom_kill ".utf8)
    let line = bytes.split(separator: UInt8(ascii: "\n")).first { $0.starts(with: name) }
    return line.flatMap { Int(String(decoding: $0.dropFirst(name.count), as: UTF8.self)) }
  }
}
