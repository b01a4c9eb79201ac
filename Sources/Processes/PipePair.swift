internal import Artifacts
internal import CProcesses
package import Diagnostics
internal import Glibc

/// The two ends of a pipe.
package struct PipePair: ~Copyable {
  package let reading: Descriptor
  package let writing: Descriptor

  package init() throws(Diagnostic) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { throw .system("cannot make a pipe") }
    reading = Descriptor(owning: ends[0])
    writing = Descriptor(owning: ends[1])
  }
}
