internal import CProcesses
internal import Glibc

/// A channel that carries nothing; its breaking ends a process group.
///
/// The near end is held by one process alone and the far end by the group. Once that process is gone,
/// even by SIGKILL, the kernel closes the near end, and the far end is set up to answer that by sending
/// SIGKILL to the group. Nobody has to be left to notice. (fcntl(2): F_SETOWN, F_SETSIG, O_ASYNC.)
enum Lifeline {
  /// Where the far end lies in the child: out of the way of the numbers that shell scripts use.
  static let number: Int32 = 63

  /// Ties the group of a started process to the holder of the near end.
  static func tie(_ far: borrowing Descriptor, to leader: pid_t) {
    // A child that is gone already needs no guarding, and its group cannot be named any more.
    guard fcntl(far.number, F_SETOWN, -leader) == 0 else { return }
    _ = fcntl(far.number, Int32(ANNEAL_SET_SIGNAL), SIGKILL)
    _ = fcntl(far.number, F_SETFL, O_ASYNC)
  }
}
