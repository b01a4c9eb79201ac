internal import Glibc

/// What a process used that has ended, together with those of its descendants that were waited for.
package struct ResourceUsage: Hashable, Sendable {
  /// The time that they computed, in their own code and in the kernel's for them.
  package var processorTime: Duration

  /// The bytes of memory that the largest of them held at once.
  package var peakMemory: Int

  /// - Parameter usage: as wait4(2) gives it.
  init(_ usage: rusage) {
    let times = [usage.ru_utime, usage.ru_stime].map { time in
      Duration.seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
    processorTime = times[0] + times[1]
    peakMemory = usage.ru_maxrss * 1024
  }
}
