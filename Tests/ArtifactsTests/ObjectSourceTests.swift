import Artifacts
import Diagnostics
import Synchronization
import Testing

/// Objects in memory, in the place of a store elsewhere.
final class RemoteObjects: ObjectSource {
  let name = "memory://objects"
  private let objects: [Digest: [UInt8]]
  private let asked = Mutex<[Digest]>([])

  init(_ objects: [Digest: [UInt8]]) {
    self.objects = objects
  }

  /// The objects whose content was copied from here.
  var copied: Set<Digest> { asked.withLock { Set($0) } }

  func contains(_ digest: Digest, size: Int) -> Bool { objects[digest]?.count == size }

  func contents(of digest: Digest) -> [UInt8]? { objects[digest] }

  func copy(_ digest: Digest, to path: String) throws(Diagnostic) -> Bool {
    guard let bytes = objects[digest] else { return false }
    try Folder.replaceFile(path, with: bytes)
    asked.withLock { $0.append(digest) }
    return true
  }
}

@Suite struct ObjectSourceTests {
  let scratch: Scratch
  let tree: Digest
  let objects: [Digest: [UInt8]]

  /// A store elsewhere that holds a tree of three files.
  init() throws {
    scratch = try Scratch()
    let store = try Store(opening: scratch.path + "/elsewhere")
    tree = try store.commit(
      directory: try scratch.folder("output", ["a": "first", "b/c": "second", "d": "third"]))
    var objects: [Digest: [UInt8]] = [:]
    for file in try store.layout.objects.files() {
      objects[try #require(file.digest)] = try Folder.contents(of: file.path)
    }
    self.objects = objects
  }

  func expectFiles(in folder: String) throws {
    for (name, text) in ["a": "first", "b/c": "second", "d": "third"] {
      #expect(try scratch.text(folder + "/" + name) == text)
    }
  }

  @Test func `a store takes from another source what it lacks, once`() throws {
    let remote = RemoteObjects(objects)
    let store = try Store(opening: scratch.path + "/store", sources: [remote])
    _ = try store.commit(directory: try scratch.folder("own", ["x": "second"]))
    #expect(store.contains(tree))
    #expect(try store.size(of: tree) == 16)
    try expectFiles(in: try store.checkOut(tree))
    #expect(remote.copied == [Digest(of: "first"), Digest(of: "third")])

    // What was brought is the store's own now.
    let alone = try Store(opening: store.root)
    #expect(try alone.verify() == [])
    #expect(alone.layout.objects.contains(Digest(of: "third"), size: 5))
  }

  @Test func `the folder of another store is a source`() throws {
    let folder = StoreLayout(root: scratch.path + "/elsewhere").objects
    let store = try Store(opening: scratch.path + "/store", sources: [folder])
    try expectFiles(in: try store.checkOut(tree))
  }

  @Test func `looking at a store asks its sources and changes nothing`() throws {
    let store = try Store(
      inspecting: scratch.path + "/store", sources: [RemoteObjects(objects)])
    #expect(store.contains(tree))
    #expect(try FileStatus(of: store.root) == nil)
  }

  @Test func `without a source the tree is not there`() throws {
    let store = try Store(opening: scratch.path + "/store", sources: [RemoteObjects([:])])
    #expect(!store.contains(tree))
    #expect(throws: Diagnostic.self) { try store.checkOut(tree) }
  }

  @Test func `content with another digest is refused and not kept`() throws {
    var damaged = objects
    damaged[Digest(of: "third")] = Array("thirD".utf8)
    let remote = RemoteObjects(damaged)
    let store = try Store(opening: scratch.path + "/store", sources: [remote])
    let problem = #expect(throws: Diagnostic.self) { try store.checkOut(tree) }
    #expect(
      problem?.message
        == "'memory://objects' gives another content for object \(Digest(of: "third").short)")
    #expect(!store.layout.objects.contains(Digest(of: "third"), size: 5))
  }

  @Test func `a manifest with another digest is refused`() throws {
    var damaged = objects
    damaged[tree] = Array(#"{"files":[],"format":"anneal tree 1"}"#.utf8)
    let store = try Store(opening: scratch.path + "/store", sources: [RemoteObjects(damaged)])
    #expect(!store.contains(tree))
    #expect(throws: Diagnostic.self) { try store.manifest(of: tree) }
  }
}
