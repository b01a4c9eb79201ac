internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Synchronization

/// A started process that leads a process group of its own.
///
/// Nothing of the group outlives the process, and signals never reach a process that happens to get
/// its number later, because it is reaped and signalled under one lock.
final class ChildProcess: Sendable {
  enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  let identifier: pid_t
  private let isReaped = Mutex(false)

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - channel: becomes the child's standard input and its descriptor 3.
  ///   - log: becomes its standard output and standard error.
  init(
    executable: String, arguments: [String], environment: [String], channel: borrowing Descriptor,
    log: borrowing OpenFile
  ) throws(Diagnostic) {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for target: Int32 in [1, 2] {
      unsafe posix_spawn_file_actions_adddup2(&actions, log.descriptor, target)
    }
    for target: Int32 in [0, 3] {
      unsafe posix_spawn_file_actions_adddup2(&actions, channel.number, target)
    }
    Self.configure(&attributes)
    let argumentList = CStringList([executable] + arguments)
    let environmentList = CStringList(environment)
    var identifier = pid_t()
    let code = unsafe posix_spawn(
      &identifier, executable, &actions, &attributes, argumentList.pointers,
      environmentList.pointers)
    guard code == 0 else { throw .system("cannot start '\(executable)'", code: code) }
    self.identifier = identifier
  }

  /// Sends a signal to the process, or to its whole group.
  func signal(_ signal: Int32, group: Bool = false) {
    isReaped.withLock { isReaped in
      if !isReaped { kill(group ? -identifier : identifier, signal) }
    }
  }

  /// Waits until the process has ended, and ends what is left of its group. Call it once.
  func waitForEnd() -> Ending {
    var information = unsafe siginfo_t()
    let wanted = id_t(identifier)
    while unsafe waitid(P_PID, wanted, &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return isReaped.withLock { isReaped in
      kill(-identifier, SIGKILL)
      var status: Int32 = 0
      while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
      isReaped = true
      let signal = status & 0x7F
      return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    }
  }

  /// A group of its own, and every signal as a program expects it at its start.
  private static func configure(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }
}
