internal import Foundation
internal import Synchronization

/// Looks again and again at how much memory this process holds.
final class MemoryGauge: Sendable {
  private struct State {
    var own = 0
    var resident = 0
    var isOn = true
  }

  private let state = Mutex(State())

  init() {
    Thread.detachNewThread { [weak self] in
      while self?.look() == true { usleep(20_000) }
    }
  }

  /// The most bytes held since the start, without and with the pages of mapped files.
  func stop() -> (own: Int, resident: Int) {
    state.withLock { state in
      state.isOn = false
      return (state.own, state.resident)
    }
  }

  private func look() -> Bool {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    func bytes(_ name: String) -> Int {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
      return
        (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
        << 10
    }
    return state.withLock { state in
      state.own = max(state.own, bytes("RssAnon:") + bytes("RssShmem:"))
      state.resident = max(state.resident, bytes("VmRSS:"))
      return state.isOn
    }
  }
}
