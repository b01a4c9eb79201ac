/// The logical processors that the kernel may place this process on.
struct ProcessorAffinity {
  var processors: [Int]

  /// Reads the list that `/proc/self/status` gives, or takes every processor that is online.
  init(reading files: SystemFiles) {
    let prefix = "Cpus_allowed_list:"
    let allowed = files.text("/proc/self/status")?.split(separator: "\n")
      .first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
    let online = files.line("/sys/devices/system/cpu/online") ?? "0"
    processors = Self.numbers(in: allowed?.trimmed ?? Substring(online))
    if processors.isEmpty { processors = [0] }
  }

  /// Reads the kernel's notation for sets of numbers, such as `0-3,8`.
  static func numbers(in text: Substring) -> [Int] {
    text.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else {
        return []
      }
      // No kernel manages more; a damaged file must not make a huge list.
      return Array(first...min(last, first + 65_535))
    }
  }
}
