internal import Glibc

/// How threads of the engine wait for the next operation: asleep, or for a while in a loop.
///
/// Waking a thread takes longer than a small operation, so that sleeping threads make small networks two
/// to three times as slow; and looping ones take the cores from other programs, and from each other where
/// there is more to do than cores. The thread library reads its setting once, as it is opened.
enum ThreadWaiting {
  private static let variable = "GOMP_SPINCOUNT"

  /// Chooses by how busy the machine is, unless the user has.
  static func settle() {
    guard unsafe getenv(variable) == nil, unsafe getenv("OMP_WAIT_POLICY") == nil else { return }
    unsafe setenv(variable, turns(runnable: otherRunnable(), cores: cores), 0)
  }

  /// How often a thread looks before it sleeps.
  ///
  /// - Parameter runnable: The other threads of the machine that run or want to; nil where that is not
  ///   known.
  static func turns(runnable: Int?, cores: Int) -> String {
    isBusy(runnable: runnable, cores: cores) ? "0" : "10000"
  }

  /// Whether other programs want half of the cores or more, or that is not known.
  static func isBusy(runnable: Int?, cores: Int) -> Bool {
    guard let runnable else { return true }
    return runnable * 2 >= cores
  }

  /// The same of the machine at this moment.
  static var isBusy: Bool { isBusy(runnable: otherRunnable(), cores: cores) }

  private static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// The median of a few looks, as a moment says little.
  private static func otherRunnable() -> Int? {
    var counts: [Int] = []
    for _ in 0..<5 {
      guard let count = runnable() else { return nil }
      // The one that looks is counted too.
      counts.append(count - 1)
      usleep(2000)
    }
    return counts.sorted()[counts.count / 2]
  }

  /// The runnable threads of the machine (Linux, proc(5): the fourth field of `loadavg`).
  private static func runnable() -> Int? {
    let file = unsafe fopen("/proc/loadavg", "r")
    guard let file = unsafe file else { return nil }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard unsafe fgets(&line, Int32(line.count), file) != nil else { return nil }
    return runnable(
      in: String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  static func runnable(in line: String) -> Int? {
    let fields = line.split(separator: " ")
    guard fields.count >= 4 else { return nil }
    return fields[3].split(separator: "/").first.flatMap { Int($0) }
  }
}
