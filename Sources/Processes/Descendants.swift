internal import CProcesses
internal import Glibc
internal import Synchronization

/// Everything that this process has started, whatever sessions and groups it made of its own.
package enum Descendants {
  private static let areAdopted = Atomic(false)

  /// Has processes whose parent ends become children of this one, which can then end them.
  package static func adopt() {
    if anneal_adopt_orphans() == 0 { areAdopted.store(true, ordering: .releasing) }
  }

  /// Kills them all and waits for their ends. Only in a process that adopts them, at a time when no
  /// child of its own is to go on.
  package static func end() {
    guard areAdopted.load(ordering: .acquiring) else { return }
    // Bounded, because a process in an uninterruptible wait stays for as long as that takes.
    for _ in 0..<200 {
      var ended: pid_t
      repeat { ended = waitpid(-1, nil, WNOHANG) } while ended > 0
      guard ended == 0 else { return }
      for process in running() { kill(process, SIGKILL) }
      usleep(1000)
    }
  }

  private static func running() -> [pid_t] {
    let children = Dictionary(grouping: ProcessStatus.all, by: \.value.parent)
      .mapValues { $0.map(\.key) }
    var found: [pid_t] = []
    var open = children[getpid()] ?? []
    while let next = open.popLast() {
      found.append(next)
      open += children[next] ?? []
    }
    return found
  }
}
