internal import Dispatch
internal import Glibc

/// Has a display redrawn as time passes and when the terminal's window changes.
struct ProgressTicker {
  private let timer: any DispatchSourceTimer
  private let resizing: any DispatchSourceSignal

  /// Elapsed times show tenths of a second at first, and whole ones later.
  private static let interval = DispatchTimeInterval.milliseconds(500)

  init(_ display: ProgressDisplay) {
    let queue = DispatchQueue(label: "anneal.progress")
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + Self.interval, repeating: Self.interval)
    timer.setEventHandler { display.redraw() }
    resizing = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: queue)
    resizing.setEventHandler { display.redraw() }
    timer.resume()
    resizing.resume()
  }

  func stop() {
    timer.cancel()
    resizing.cancel()
  }
}
