internal import Artifacts
internal import Diagnostics
internal import Pipeline

/// Remembers which state of the stages a lock file was written for, so that one which is up to date
/// need not be read.
struct LockStamp {
  private let path: String
  private let stamp: String
  private let text: [UInt8]

  /// - Parameter path: the absolute path of the lock file.
  init(_ statuses: [StageStatus], path: String, in store: Store) {
    self.path = path
    stamp = "\(store.root)/stamps/\(Digest(of: path).hex)"
    var state = Fingerprint("lock state")
    for status in statuses {
      state.add("address", status.address)
      if let key = status.key { state.add("key", key) }
      if let output = status.output { state.add("output", output) }
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
