import Glibc
import Testing

@testable import Artifacts

/// Files that are digested while they are written, and what a store makes of that.
@Suite struct GrowingFileTests {
  let scratch: Scratch
  let store: Store

  init() throws {
    scratch = try Scratch()
    store = try Store(opening: scratch.path + "/store")
  }

  /// Adds to a file's end.
  private func append(_ text: String, to path: String) throws {
    let file = try OpenFile(appending: path)
    try file.write(Array(text.utf8))
  }

  /// Writes a file part by part, digested behind each.
  private func grow(_ path: String, by parts: [String]) throws -> DigestedFile? {
    try append("", to: path)
    var file = try GrowingFile(path)
    for part in parts {
      try append(part, to: path)
      try file.advance()
    }
    return try file.finish()
  }

  @Test func `a store takes the digests that it is told`() throws {
    let parts = (0..<20).map { String(repeating: "\($0) ", count: 10_000) }
    let folder = try store.temporaryDirectory()
    let told = try #require(try grow(folder + "/rows", by: parts))
    try append("{}", to: folder + "/other")
    let tree = try store.commit(directory: folder, digested: [told])
    let plain = try scratch.folder("plain", ["rows": parts.joined(), "other": "{}"])
    #expect(try store.commit(directory: plain) == tree)
    #expect(store.contains(Digest(of: parts.joined()), size: parts.joined().utf8.count))
  }

  /// A digest that is not the content's shows that nobody made another.
  @Test func `a store does not read what it is told the digest of`() throws {
    let folder = try store.temporaryDirectory()
    let told = try #require(try grow(folder + "/rows", by: ["abc"]))
    let other = DigestedFile(identity: told.identity, digest: Digest(of: "other"))
    _ = try store.commit(directory: folder, digested: [other])
    #expect(store.contains(Digest(of: "other"), size: 3))
    #expect(!store.contains(Digest(of: "abc"), size: 3))
  }

  @Test func `what changed since is digested anew`() throws {
    let folder = try store.temporaryDirectory()
    let told = try #require(try grow(folder + "/rows", by: ["a", "b"]))
    try append("c", to: folder + "/rows")
    let tree = try store.commit(directory: folder, digested: [told])
    #expect(try scratch.text(store.checkOut(tree) + "/rows") == "abc")
    #expect(store.contains(Digest(of: "abc"), size: 3))
  }

  @Test func `another file of the same size is not taken for it`() throws {
    let folder = try store.temporaryDirectory()
    let told = try #require(try grow(folder + "/rows", by: ["abc"]))
    try append("xyz", to: folder + "/new")
    #expect(unsafe rename(folder + "/new", folder + "/rows") == 0)
    let tree = try store.commit(directory: folder, digested: [told])
    #expect(try scratch.text(store.checkOut(tree) + "/rows") == "xyz")
    #expect(store.contains(Digest(of: "xyz"), size: 3))
  }
}
