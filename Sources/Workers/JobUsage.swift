internal import Artifacts
internal import Glibc

/// What this process and the children that it waited for have used since a moment.
struct JobUsage {
  private let own: rusage
  private let children: rusage
  private let start = ContinuousClock.now

  /// Starts counting, the peak of memory included where the kernel lets it be reset.
  static func start() -> JobUsage {
    // Sets the kernel's high-water mark to what is held now; otherwise earlier jobs count too.
    if let file = try? OpenFile(appending: "/proc/self/clear_refs") {
      try? file.write([UInt8(ascii: "5")])
    }
    return JobUsage(own: usage(RUSAGE_SELF), children: usage(RUSAGE_CHILDREN))
  }

  private init(own: rusage, children: rusage) {
    self.own = own
    self.children = children
  }

  var seconds: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  var cpuSeconds: Double {
    let own = Self.cpu(Self.usage(RUSAGE_SELF)) - Self.cpu(self.own)
    return own + Self.cpu(Self.usage(RUSAGE_CHILDREN)) - Self.cpu(children)
  }

  /// The most bytes that the process held, or that a child held where it was more.
  var peakMemory: Int {
    let child = Self.usage(RUSAGE_CHILDREN).ru_maxrss
    let mine = Self.usage(RUSAGE_SELF).ru_maxrss
    return 1024 * max(mine, child > children.ru_maxrss ? child : 0)
  }

  private static func usage(_ who: __rusage_who) -> rusage {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(who.rawValue), &usage)
    return usage
  }

  private static func cpu(_ usage: rusage) -> Double {
    Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }
}
