import Synchronization
import Workers

/// What workers said in their logs, in order of arrival.
final class WorkersListener: Sendable {
  private let heard = Mutex<[String]>([])

  var lines: [String] { heard.withLock { $0 } }

  func hear(_ event: WorkerEvent) {
    if case .log(let line) = event { heard.withLock { $0.append(line) } }
  }
}
