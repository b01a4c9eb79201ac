/// When the state of a training is kept: within an epoch once so much time has passed, and at its end.
///
/// Epochs may be shorter than it takes to write a state. At most a twentieth of the time goes into states at
/// their ends, unless less time than that is asked to lie between two.
struct SavingPace {
  private let interval: Duration
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var cost: Duration?

  /// The least time from one state to the next over that for writing one.
  var rarity = 20

  init(interval: Duration) {
    self.interval = interval
    last = clock.now
  }

  /// Begins to count the time.
  mutating func begin() { last = clock.now }

  /// - Parameter atEnd: Whether an epoch has ended.
  func isDue(atEnd: Bool) -> Bool {
    let passed = clock.now - last
    if passed >= interval { return true }
    guard atEnd else { return false }
    return cost.map { passed >= $0 * rarity } ?? true
  }

  /// Runs what writes a state.
  mutating func timing(_ save: () throws -> Void) rethrows {
    let start = clock.now
    try save()
    last = clock.now
    cost = last - start
  }
}
