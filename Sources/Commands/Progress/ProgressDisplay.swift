internal import Dispatch
internal import Pipeline
internal import Planning
internal import Synchronization

/// Shows how a run comes along: on a terminal a line for each running stage and one for the whole,
/// redrawn below what has been said; elsewhere plain lines, few of them. Safe to call from any thread.
///
/// Between two drawings the cursor stands at the start of the first of these lines. So whatever the
/// terminal does to them when its window changes, everything from the cursor on is what has to go; and
/// what it echoes, such as `^C`, is overwritten.
final class ProgressDisplay: Sendable {
  private struct State {
    var board = ProgressBoard()
    var isDrawn = false
    var lastDrawing = -Double.infinity
    var lastLines: [String: Double] = [:]
  }

  /// Seconds between two drawings on a terminal, and between two lines of a stage elsewhere.
  private static let drawingInterval = 0.1
  private static let lineInterval = 15.0

  /// The blank matters where the lines stand at the top of the screen: from there on some terminals, such as
  /// tmux, take a clearing for one of the whole screen, and keep what was there above it.
  private static let clearing = "\r \u{1B}[J\r"

  /// A line that was made for a wider window, in the moment of a change, is cut and not broken.
  private static let cutting = "\u{1B}[?7l"
  private static let breaking = "\u{1B}[?7h"

  private let console: Console
  private let clock: @Sendable () -> Double
  private let state = Mutex(State())

  /// - Parameter clock: a time in seconds that never goes back.
  init(_ console: Console, clock: @escaping @Sendable () -> Double = ProgressDisplay.uptime) {
    self.console = console
    self.clock = clock
  }

  static let uptime: @Sendable () -> Double = {
    Double(DispatchTime.now().uptimeNanoseconds) / 1e9
  }

  /// Tells of a run before its stages start.
  func begin(_ graph: PipelineGraph, _ plan: Plan) {
    let time = clock()
    state.withLock { $0.board.begin(WholeProgress(graph, plan, at: time)) }
  }

  func start(_ address: String) {
    let time = clock()
    state.withLock { state in
      state.board.start(address, at: time)
      state.lastLines[address] = time
      draw(&state, at: time)
    }
  }

  func update(_ address: String, _ progress: StageProgress) {
    let time = clock()
    state.withLock { state in
      state.board.update(address, progress, at: time)
      if console.redraws {
        drawSoon(&state, at: time)
      } else if time - (state.lastLines[address] ?? time) >= Self.lineInterval {
        state.lastLines[address] = time
        console.say("\(address): \(state.board.summary(of: address, at: time))")
      }
    }
  }

  /// Takes what a stage wrote to its log.
  func note(_ address: String, _ line: String) {
    guard console.redraws else { return }
    let time = clock()
    state.withLock { state in
      state.board.note(address, line.onOneLine)
      drawSoon(&state, at: time)
    }
  }

  /// Takes a stage off, and says how it ended where that is worth a line.
  func finish(_ address: String, saying line: String? = nil) {
    let time = clock()
    state.withLock { state in
      state.board.finish(address, at: time)
      state.lastLines[address] = nil
      if let line { say(line, &state, at: time) }
    }
  }

  /// Says something above the lines that are redrawn.
  func say(_ line: String) {
    let time = clock()
    state.withLock { say(line, &$0, at: time) }
  }

  /// Says that a signal was heard, over the `^C` that a terminal echoes.
  func sayOverEcho(_ line: String) {
    let time = clock()
    state.withLock { state in
      if console.redraws { state.isDrawn = true }
      say(line, &state, at: time)
    }
  }

  /// Says something even where only problems are to be told.
  func insist(_ line: String) {
    let time = clock()
    state.withLock { state in
      erase(&state)
      console.insist(line)
      draw(&state, at: time)
    }
  }

  /// Draws the lines anew, because time has passed or the terminal has another size.
  func redraw() {
    let time = clock()
    state.withLock { draw(&$0, at: time) }
  }

  /// Takes every redrawn line away.
  func close() {
    state.withLock { state in
      erase(&state)
      state.board = ProgressBoard()
    }
  }

  private func say(_ line: String, _ state: inout State, at time: Double) {
    guard console.verbosity != .quiet else { return }
    erase(&state)
    console.say(line)
    draw(&state, at: time)
  }

  private func drawSoon(_ state: inout State, at time: Double) {
    if time - state.lastDrawing >= Self.drawingInterval { draw(&state, at: time) }
  }

  private func draw(_ state: inout State, at time: Double) {
    guard console.redraws, console.verbosity != .quiet else { return }
    let size = console.size
    // A line as wide as the terminal would leave the cursor where terminals do not agree.
    let lines = state.board.lines(at: time, width: size.columns - 1, height: size.rows - 1)
    guard !lines.isEmpty else { return erase(&state) }
    let back = lines.count > 1 ? "\u{1B}[\(lines.count - 1)A\r" : "\r"
    console.draw(
      lines.map(\.onOneLine).joined(separator: "\n"),
      between: (state.isDrawn ? Self.clearing : "") + Self.cutting, and: Self.breaking + back)
    state.isDrawn = true
    state.lastDrawing = time
  }

  private func erase(_ state: inout State) {
    guard state.isDrawn else { return }
    console.draw("", between: Self.clearing, and: "")
    state.isDrawn = false
  }
}
