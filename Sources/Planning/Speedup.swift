/// How much faster tensor arithmetic gets with threads, by Amdahl's law.
///
/// Two ResNet-20 training steps take 330 ms when each has one of two cores, and 2 x 189 ms when one
/// after the other has both: 1.75 times the speed for twice the threads, so 14.5% of the work does not
/// share. Several stages with few threads therefore finish sooner than the same stages in turn.
enum Speedup {
  private static let serialPart = 0.145

  /// The speed of `threads` threads where one thread has 1.
  static func of(_ threads: Int) -> Double {
    1 / (serialPart + (1 - serialPart) / Double(max(1, threads)))
  }

  /// The time that independent stages take when as many run at once as have room, longest first.
  ///
  /// - Parameters:
  ///   - costs: the time of each with one thread.
  ///   - threads: the threads of each.
  static func time(of costs: [Double], threads: Int, cores: Int) -> Double {
    var places = [Double](repeating: 0, count: max(1, cores / max(1, threads)))
    for cost in costs.sorted(by: >) {
      let free = places.indices.min { places[$0] < places[$1] } ?? 0
      places[free] += cost
    }
    return (places.max() ?? 0) / of(threads)
  }
}
