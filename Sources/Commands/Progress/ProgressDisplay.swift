internal import Dispatch
internal import Pipeline
internal import Synchronization

/// Shows how a run comes along: on a terminal a line for each running stage, redrawn in place below
/// what has been said; elsewhere plain lines, few of them. Safe to call from any thread.
final class ProgressDisplay: Sendable {
  private struct State {
    var board = ProgressBoard()
    var drawn = 0
    var lastDrawing = -Double.infinity
    var lastLines: [String: Double] = [:]
  }

  /// Seconds between two drawings on a terminal, and between two lines of a stage elsewhere.
  private static let drawingInterval = 0.1
  private static let lineInterval = 15.0

  private let console: Console
  private let clock: @Sendable () -> Double
  private let state = Mutex(State())

  /// - Parameter clock: a time in seconds that never goes back.
  init(
    _ console: Console,
    clock: @escaping @Sendable () -> Double = {
      Double(DispatchTime.now().uptimeNanoseconds) / 1e9
    }
  ) {
    self.console = console
    self.clock = clock
  }

  func start(_ address: String, because reason: String) {
    let time = clock()
    state.withLock { state in
      state.board.start(address, because: reason, at: time)
      state.lastLines[address] = time
      draw(&state, at: time, isForced: true)
    }
  }

  func update(_ address: String, _ progress: StageProgress) {
    let time = clock()
    state.withLock { state in
      state.board.update(address, progress, at: time)
      if console.isTerminal {
        draw(&state, at: time, isForced: false)
      } else if time - (state.lastLines[address] ?? time) >= Self.lineInterval {
        state.lastLines[address] = time
        console.say("\(address): \(state.board.summary(of: address, at: time))")
      }
    }
  }

  /// Takes a stage off and says how it ended.
  func finish(_ address: String, saying line: String) {
    let time = clock()
    state.withLock { state in
      state.board.finish(address)
      state.lastLines[address] = nil
      say(line, &state, at: time)
    }
  }

  /// Says something above the lines that are redrawn.
  func say(_ line: String) {
    let time = clock()
    state.withLock { say(line, &$0, at: time) }
  }

  /// Takes every redrawn line away, at the end of a run.
  func close() {
    state.withLock { state in
      erase(&state)
      state.board = ProgressBoard()
    }
  }

  private func say(_ line: String, _ state: inout State, at time: Double) {
    erase(&state)
    console.say(line)
    draw(&state, at: time, isForced: true)
  }

  private func draw(_ state: inout State, at time: Double, isForced: Bool) {
    guard console.isTerminal else { return }
    guard isForced || time - state.lastDrawing >= Self.drawingInterval else { return }
    erase(&state)
    let lines = state.board.lines(at: time, width: console.width)
    for line in lines { console.say(line) }
    state.drawn = lines.count
    state.lastDrawing = time
  }

  /// Moves the cursor up over the drawn lines and clears to the end of the screen.
  private func erase(_ state: inout State) {
    guard state.drawn > 0 else { return }
    console.control("\u{1B}[\(state.drawn)A\u{1B}[J")
    state.drawn = 0
  }
}
