package import Diagnostics

/// Objects on a disk: a file for each, named by its digest, the first two digits of which name a folder.
package struct ObjectFolder: Hashable, Sendable {
  package let path: String

  package init(_ path: String) {
    self.path = path
  }

  /// Where the object with this digest is or would be.
  package func path(of digest: Digest) -> String {
    let hex = digest.hex
    return "\(path)/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  /// A file below the folder, with the digest that it is named by; `nil` for a stray one.
  package struct File: Sendable {
    package let path: String
    package let digest: Digest?
    package let status: FileStatus
  }

  /// Every file below the folder.
  package func files() throws(Diagnostic) -> [File] {
    try FileTree.entries(below: path).map { entry in
      let full = path + "/" + entry.path
      let digest = Digest(hex: entry.path.filter { $0 != "/" })
      let isNamed = digest.map { path(of: $0) == full } ?? false
      return File(path: full, digest: isNamed ? digest : nil, status: entry.status)
    }
  }
}

extension ObjectFolder: ObjectSource {
  package var name: String { path }

  package func contains(_ digest: Digest, size: Int) -> Bool {
    let status = try? FileStatus(of: path(of: digest))
    return status?.kind == .file && status?.size == size
  }

  package func contents(of digest: Digest) throws(Diagnostic) -> [UInt8]? {
    let path = path(of: digest)
    guard try FileStatus(of: path) != nil else { return nil }
    return try Folder.contents(of: path)
  }

  package func copy(_ digest: Digest, to target: String) throws(Diagnostic) -> Bool {
    let path = path(of: digest)
    guard try FileStatus(of: path) != nil else { return false }
    try Folder.copyFile(path, to: target)
    return true
  }
}
