internal import Artifacts
package import Diagnostics
internal import Glibc

/// The two ends of a stream that goes both ways.
package struct ChannelPair: ~Copyable {
  package let near: Descriptor
  package let far: Descriptor

  package init() throws(Diagnostic) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .system("cannot make a channel to a worker")
    }
    near = Descriptor(owning: ends[0])
    far = Descriptor(owning: ends[1])
  }
}
