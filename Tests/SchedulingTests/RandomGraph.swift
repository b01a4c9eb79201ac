import Scheduling

/// A generator of numbers that gives the same ones for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Random tasks whose dependencies point to earlier ones, listed in random order.
func randomTasks(seed: UInt64) -> (tasks: [ScheduledTask<Int>], pool: [String: Int]) {
  var generator = SeededGenerator(state: seed)
  let pool = ["cores": Int.random(in: 1...8, using: &generator), "memory": 100]
  let count = Int.random(in: 0...60, using: &generator)
  var tasks = (0..<count).map { id in
    let degree = id == 0 ? 0 : Int.random(in: 0...min(3, id), using: &generator)
    return ScheduledTask(
      id: id, dependencies: (0..<degree).map { _ in Int.random(in: 0..<id, using: &generator) },
      demand: [
        "cores": Int.random(in: 0...(pool["cores"] ?? 1), using: &generator),
        "memory": Int.random(in: 0...100, using: &generator),
      ],
      cost: Double.random(in: 0...10, using: &generator),
      retries: Int.random(in: 0...2, using: &generator))
  }
  tasks.shuffle(using: &generator)
  return (tasks, pool)
}
