internal import Artifacts

/// How many processes this machine's kernel has killed for lack of memory.
enum MemoryKills {
  /// The count since the machine started, or `nil` where the kernel does not tell.
  static func count() -> Int? {
    guard let bytes = try? Folder.contents(of: "/proc/vmstat") else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: " ")
      if fields.count == 2, fields[0] == "oom_kill" { return Int(fields[1]) }
    }
    return nil
  }
}
