internal import CProcesses
internal import Diagnostics
internal import Glibc

/// The descriptors that a started process gets.
///
/// Each is duplicated first to a number above all that the process is to have, so that none is replaced by
/// another before it has its own.
struct HandedDescriptors: ~Copyable {
  private static let first: Int32 = 64

  private let targets: [Int32]
  private let copies: [Int32]

  /// - Parameter descriptors: those of this process, by the number that each is to have, which is below 64.
  init(_ descriptors: [Int32: Int32]) throws(Diagnostic) {
    let ordered = descriptors.sorted { $0.key < $1.key }
    var copies: [Int32] = []
    for (_, source) in ordered {
      let copy = fcntl(source, F_DUPFD_CLOEXEC, Self.first)
      guard copy >= 0 else {
        let problem = Diagnostic.system("cannot duplicate descriptor \(source)")
        for copy in copies { close(copy) }
        throw problem
      }
      copies.append(copy)
    }
    targets = ordered.map(\.key)
    self.copies = copies
  }

  deinit { for copy in copies { close(copy) } }

  /// Has a process begin with them and the standard streams; everything else is closed, also what another
  /// thread opens at the same moment without having it closed on exec.
  borrowing func add(to actions: inout posix_spawn_file_actions_t) {
    for (target, copy) in zip(targets, copies) {
      unsafe posix_spawn_file_actions_adddup2(&actions, copy, target)
    }
    for number in STDERR_FILENO + 1..<Self.first where !targets.contains(number) {
      unsafe posix_spawn_file_actions_addclose(&actions, number)
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, Self.first)
  }
}
