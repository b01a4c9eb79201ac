internal import Artifacts
internal import CProcesses
package import Diagnostics
internal import Glibc
internal import Synchronization

/// A started process with a group or a session of its own, none of which outlives it.
///
/// What it started is killed when it ends, and all of it together when this process ends, however
/// that happens (see `Lifeline`). Signals never reach a process that happens to get its number later,
/// because it is reaped and signalled under one lock.
package final class ChildProcess: Sendable {
  package enum Ending: Hashable, Sendable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)

    package var description: String {
      switch self {
      case .exited(let status): "exit status \(status)"
      case .signalled(let signal): "signal \(signal)"
      }
    }
  }

  /// What the process leads, apart from itself.
  package enum Leadership: Sendable {
    /// A process group, so that one signal reaches all that it started.
    case group
    /// A session as well, which processes do not leave by making groups of their own.
    case session
  }

  package let identifier: Int32
  private let leadership: Leadership
  /// Breaks with this process; see `Lifeline`.
  private let lifeline: Descriptor
  private let isReaped = Mutex(false)

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: all that it sees.
  ///   - directory: its working directory, by default that of this process.
  ///   - descriptors: the descriptors of this process that it gets, by the number that each has there.
  ///     Beside these it has the standard streams of this process and no other descriptor, whoever opened
  ///     it and however.
  package init(
    executable: String, arguments: [String], environment: [String: String],
    directory: String? = nil,
    descriptors: [Int32: Int32], leading leadership: Leadership
  ) throws(Diagnostic) {
    let line = try ChannelPair()
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    let handed = try HandedDescriptors(
      descriptors.merging([Lifeline.number: line.far.number]) { _, own in own })
    unsafe handed.add(to: &actions)
    if let directory { unsafe posix_spawn_file_actions_addchdir_np(&actions, directory) }
    Self.configure(&attributes, leadership)
    let argumentList = CStringList([executable] + arguments)
    let environmentList = CStringList(environment.map { "\($0.key)=\($0.value)" }.sorted())
    var identifier = pid_t()
    let code = unsafe posix_spawn(
      &identifier, executable, &actions, &attributes, argumentList.pointers,
      environmentList.pointers)
    guard code == 0 else { throw .system("cannot start '\(executable)'", code: code) }
    Lifeline.tie(line.far, to: identifier)
    self.identifier = identifier
    self.leadership = leadership
    lifeline = line.near
  }

  /// Sends a signal to the process, or to its whole group.
  package func signal(_ signal: Int32, group: Bool = false) {
    isReaped.withLock { isReaped in
      if !isReaped { kill(group ? -identifier : identifier, signal) }
    }
  }

  /// Whether the process itself has ended; what it started may go on until `waitForEnd`.
  package var hasEnded: Bool {
    isReaped.withLock { isReaped in
      if isReaped { return true }
      var information = unsafe siginfo_t()
      unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT | WNOHANG)
      return unsafe information.si_signo == SIGCHLD
    }
  }

  /// Waits until the process has ended, and ends what is left of what it started. Call it once.
  package func waitForEnd() -> Ending {
    waitForEndAndUsage().ending
  }

  /// Waits as `waitForEnd` does, and says what the process used as well.
  package func waitForEndAndUsage() -> (ending: Ending, usage: ResourceUsage) {
    var information = unsafe siginfo_t()
    let wanted = id_t(identifier)
    while unsafe waitid(P_PID, wanted, &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return isReaped.withLock { isReaped in
      kill(-identifier, SIGKILL)
      if leadership == .session { ProcessSession(identifier).kill() }
      var status: Int32 = 0
      var used = rusage()
      while unsafe wait4(identifier, &status, 0, &used) < 0, errno == EINTR {}
      isReaped = true
      let signal = status & 0x7F
      let ending: Ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
      return (ending, ResourceUsage(used))
    }
  }

  /// A group of its own, and every signal as a program expects it at its start.
  private static func configure(_ attributes: inout posix_spawnattr_t, _ leadership: Leadership) {
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    // A new session is a new group, too.
    let apart =
      switch leadership {
      case .group: POSIX_SPAWN_SETPGROUP
      case .session: Int32(ANNEAL_SPAWN_SESSION)
      }
    let flags = apart | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }
}
