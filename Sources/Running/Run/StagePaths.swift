package import Artifacts
internal import FoundationEssentials

/// Where a stage's work leaves traces beside its artifact.
package struct StagePaths {
  let store: Store

  package init(store: Store) {
    self.store = store
  }

  /// The log of a stage in a run; attempts of one run share it.
  func log(of address: String, run: String) -> String {
    "\(absoluteRoot)/logs/\(run)/\(Self.fileName(for: address)).log"
  }

  /// The folder in which an interrupted attempt leaves what the next one continues from.
  func checkpoints(for key: Digest) -> String { "\(absoluteRoot)/checkpoints/\(key.hex)" }

  package func report(of run: String) -> String { "\(store.root)/runs/\(run)/report.html" }

  /// A path below the store's folder as one that holds in any working directory.
  func absolute(_ path: String) -> String { path.path(in: Self.workingDirectory) }

  private var absoluteRoot: String { absolute(store.root) }

  private static var workingDirectory: String { FileManager.default.currentDirectoryPath }

  /// An address as a file's name: whatever is unusual in names is written as `%` and its code.
  private static func fileName(for address: String) -> String {
    let usual = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@=,".utf8)
    var name = ""
    for byte in address.utf8 {
      name +=
        usual.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    // File systems end names at 255 bytes; the digest keeps shortened ones apart.
    return name.count <= 200 ? name : name.prefix(150) + "-" + Digest(of: address).short
  }
}
