internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Remembers which state of the stages a lock file was written for, so that one which is up to date
/// need not be read.
struct LockStamp {
  private let path: String
  private let stamp: String
  private let text: [UInt8]

  /// How a stage stands: its result, or nothing where its condition keeps it from running.
  struct Standing {
    let address: String
    var key: Digest?
    var output: Digest?
  }

  /// - Parameters:
  ///   - standings: every wanted stage in the order of the graph.
  ///   - path: the absolute path of the lock file.
  init(_ standings: [Standing], path: String, in store: Store) {
    self.path = path
    stamp = store.layout.stamp(ofLockFile: path)
    var state = Fingerprint("lock state")
    for standing in standings {
      state.add("address", standing.address)
      if let key = standing.key { state.add("key", key) }
      if let output = standing.output { state.add("output", output) }
    }
    text = Array(state.digest.hex.utf8)
  }

  /// Whether the lock file is as it was written for this very state.
  func holds() throws(Diagnostic) -> Bool {
    guard try FileStatus(of: stamp) != nil, try FileStatus(of: path, following: true) != nil else {
      return false
    }
    return try Folder.contents(of: stamp) == content()
  }

  /// Notes that the lock file is up to date.
  func set() throws(Diagnostic) {
    try Folder.replaceFile(stamp, with: try content(), lasting: false)
  }

  private func content() throws(Diagnostic) -> [UInt8] {
    text + Array(" \(try Digest.file(path).hex)\n".utf8)
  }
}
