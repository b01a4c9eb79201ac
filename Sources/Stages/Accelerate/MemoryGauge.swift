internal import FoundationEssentials

/// The process's resident memory, as the kernel counts it.
enum MemoryGauge {
  /// Bytes that `body` added at its peak; 0 where the kernel does not tell.
  static func peakGrowth<R>(of body: () throws -> R) rethrows -> (result: R, bytes: Int) {
    // Writing 5 resets the peak to what is resident now (Linux, proc(5)).
    let isReset =
      (try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)) != nil
    let before = field("VmRSS")
    let result = try body()
    let peak = field("VmHWM")
    guard isReset, let before, let peak else { return (result, 0) }
    return (result, max(0, peak - before))
  }

  private static func field(_ name: String) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
    let kibibytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    return kibibytes.flatMap { Int($0) }.map { $0 << 10 }
  }
}
