internal import CProcesses

/// How the process asks the system for memory.
package enum MemoryHabits {
  /// Asks for much at once and keeps what was freed, which suits a command that reads a large pipeline,
  /// tells something of it and ends: giving memory back and asking for it again took it a tenth longer.
  package static func suitShortCommands() {
    _ = mallopt(M_TOP_PAD, 64 << 20)
    _ = mallopt(M_TRIM_THRESHOLD, 256 << 20)
    _ = mallopt(M_MMAP_THRESHOLD, 32 << 20)
  }

  /// Keeps some of what was freed, which suits a worker: batch after batch of a size is made and let go,
  /// and pages that are given back and asked for again are cleared each time.
  package static func suitWorkers() {
    _ = mallopt(M_TRIM_THRESHOLD, 32 << 20)
    _ = mallopt(M_MMAP_THRESHOLD, 8 << 20)
  }

  /// Gives back what was freed, where it is much: what a job needed may be many times what the next one does, and
  /// counts against it where memory is limited. Freed memory that lies below some that is still used is not given
  /// back by itself.
  package static func giveBack() {
    if mallinfo2().fordblks > 64 << 20 { _ = malloc_trim(0) }
  }
}
