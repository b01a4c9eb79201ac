internal import Artifacts
internal import Glibc

/// The processes of a session: its leader, and all that it and they have started.
///
/// Read from `/proc` each time it is asked. A process leaves only by making a session of its own, as
/// daemons do.
package struct ProcessSession: Sendable {
  private let leader: Int32

  package init(_ leader: Int32) {
    self.leader = leader
  }

  /// The bytes of memory that all of it holds together and that could not be had back by dropping
  /// what files hold anyway: heaps, stacks and shared memory, but no mapped files.
  ///
  /// Where that is more than `enough`, pages that several processes share are looked up, which takes
  /// longer, and count once.
  package func heldMemory(enough: Int) -> Int {
    let members = members()
    let simple = members.reduce(0) { $0 + Self.resident($1) }
    guard simple > enough, members.count > 1 else { return simple }
    return members.reduce(0) { $0 + (Self.proportional($1) ?? Self.resident($1)) }
  }

  /// Kills every process but the leader, until none is left.
  func kill() {
    // Bounded, because a process in an uninterruptible wait stays for as long as that takes.
    for _ in 0..<50 {
      let others = members().filter { $0 != leader }
      guard !others.isEmpty else { return }
      for other in others { Glibc.kill(other, SIGKILL) }
      usleep(1000)
    }
  }

  /// The processes that have not ended.
  private func members() -> [pid_t] {
    ProcessStatus.all.filter { $0.value.session == leader }.map(\.key)
  }

  private static func resident(_ process: pid_t) -> Int {
    sum(["RssAnon:", "RssShmem:"], in: "/proc/\(process)/status") ?? 0
  }

  private static func proportional(_ process: pid_t) -> Int? {
    sum(["Pss_Anon:", "Pss_Shmem:"], in: "/proc/\(process)/smaps_rollup")
  }

  /// The sum of lines such as `RssAnon:  112 kB` in bytes, or `nil` where one is missing.
  private static func sum(_ names: Set<String>, in path: String) -> Int? {
    guard let bytes = try? Folder.contents(of: path) else { return nil }
    var found = 0
    var total = 0
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
      guard fields.count >= 2, names.contains(String(fields[0])), let number = Int(fields[1]) else {
        continue
      }
      found += 1
      total += number * 1024
    }
    return found == names.count ? total : nil
  }
}
