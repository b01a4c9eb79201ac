import Glibc
import Synchronization

/// Tells how much memory this process holds of its own: what a limit on a stage counts.
package enum MemoryMeter {
  /// The bytes that are held now, without those that the kernel can take back because a file has them.
  package static var held: Int {
    var line = [UInt8](repeating: 0, count: 128)
    let descriptor = unsafe open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    let count = unsafe read(descriptor, &line, line.count)
    let numbers = String(decoding: line.prefix(max(count, 0)), as: UTF8.self)
      .split(separator: " ").prefix(3).compactMap { Int($0) }
    guard numbers.count == 3 else { return 0 }
    return max(0, numbers[1] - numbers[2]) * sysconf(Int32(_SC_PAGESIZE))
  }

  /// The most bytes that are held while `body` runs, looked at a thousand times a second.
  static func peak(while body: () throws -> Void) rethrows -> Int {
    let watch = Watch()
    let thread = watch.start()
    defer { pthread_join(thread, nil) }
    defer { watch.isOn.store(false, ordering: .relaxed) }
    try body()
    return max(watch.most.load(ordering: .relaxed), held)
  }

  private final class Watch: Sendable {
    let isOn = Atomic(true)
    let most = Atomic(0)

    /// A thread and no queue, since all of those may be busy making batches.
    func start() -> pthread_t {
      var thread = pthread_t()
      let context = unsafe Unmanaged.passRetained(self).toOpaque()
      let status = unsafe pthread_create(
        &thread, nil,
        { context in
          guard let context = unsafe context else { return nil }
          unsafe Unmanaged<Watch>.fromOpaque(context).takeRetainedValue().look()
          return nil
        }, context)
      precondition(status == 0, "a thread can be started")
      return thread
    }

    private func look() {
      while isOn.load(ordering: .relaxed) {
        most.max(held, ordering: .relaxed)
        usleep(1000)
      }
    }
  }
}
