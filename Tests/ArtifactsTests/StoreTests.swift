import Artifacts
import Diagnostics
import Dispatch
import FoundationEssentials
import Synchronization
import Testing

@Suite struct StoreTests {
  let scratch: Scratch
  let store: Store

  init() throws {
    scratch = try Scratch()
    store = try Store(opening: scratch.path + "/store")
  }

  /// Commits files by relative path.
  func commit(_ files: [String: String]) throws -> Digest {
    let folder = try store.temporaryDirectory()
    for (name, text) in files {
      try Folder.create((folder + "/" + name).parentPath)
      try Folder.replaceFile(folder + "/" + name, with: Array(text.utf8))
    }
    return try store.commit(directory: folder)
  }

  @Test func `gives back the files it was given under their names`() throws {
    let files = ["metrics.json": "{}", "data/train.arrow": "rows", "data/deep/empty": ""]
    let tree = try commit(files)
    #expect(store.contains(tree))
    #expect(try store.size(of: tree) == 6)
    let folder = try store.checkOut(tree)
    #expect(try FileTree.entries(below: folder).map(\.path) == files.keys.sorted())
    for (name, text) in files { #expect(try scratch.text(folder + "/" + name) == text) }
    #expect(try store.checkOut(tree) == folder)
  }

  @Test func `the same content is one tree and one object`() throws {
    let first = try commit(["a": "x", "b": "x"])
    let again = try commit(["b": "x", "a": "x"])
    let other = try commit(["a": "x", "c": "x"])
    #expect(first == again && first != other)
    let objects = try FileTree.entries(below: store.root + "/objects")
    #expect(objects.count == 3)
  }

  @Test func `committing leaves nothing behind and objects are read-only`() throws {
    let folder = try scratch.folder("output", ["a": "x"])
    let tree = try store.commit(directory: folder)
    #expect(try FileStatus(of: folder) == nil)
    let path = store.layout.object(Digest(of: "x"))
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o444)
    #expect(try FileStatus(of: store.checkOut(tree) + "/a")?.links == 2)
  }

  @Test func `programs stay programs, and the same content can be data too`() throws {
    let folder = try store.temporaryDirectory()
    try Folder.replaceFile(folder + "/data", with: Array("#!/bin/sh\n".utf8))
    try Folder.copyFile(folder + "/data", to: folder + "/tool", permissions: .program)
    let tree = try store.commit(directory: folder)
    #expect(try store.manifest(of: tree).entries.map(\.isExecutable) == [false, true])
    let path = try store.checkOut(tree)
    #expect(try FileTree.entries(below: path).map(\.status.isExecutable) == [false, true])
    #expect(try permissions(path + "/tool") == 0o555)
    #expect(try permissions(store.layout.object(Digest(of: "#!/bin/sh\n"))) == 0o444)

    // One that lost it is laid out again.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o444], ofItemAtPath: path + "/tool")
    #expect(try store.checkOut(tree) == path)
    #expect(try permissions(path + "/tool") == 0o555)

    let plain = try commit(["data": "#!/bin/sh\n", "tool": "#!/bin/sh\n"])
    #expect(plain != tree)
    #expect(try permissions(store.checkOut(plain) + "/tool") == 0o444)
  }

  private func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `a file with another name elsewhere is copied, not taken`() throws {
    let original = try scratch.write("mine.csv", "1,2")
    let folder = try scratch.folder("output", [:])
    try FileManager.default.linkItem(atPath: original, toPath: folder + "/mine.csv")
    let tree = try store.commit(directory: folder)
    let stored = try FileStatus(of: store.layout.object(Digest(of: "1,2")))
    #expect(store.contains(tree))
    #expect(try FileStatus(of: original)?.inode != stored?.inode)
  }

  @Test func `a file linked from another artifact is shared`() throws {
    let first = try store.checkOut(try commit(["shard": "rows"]))
    let folder = try store.temporaryDirectory()
    try FileManager.default.linkItem(atPath: first + "/shard", toPath: folder + "/shard")
    try Folder.replaceFile(folder + "/more", with: Array("x".utf8))
    let second = try store.checkOut(try store.commit(directory: folder))
    #expect(try FileStatus(of: first + "/shard")?.inode == FileStatus(of: second + "/shard")?.inode)
  }

  @Test func `a symbolic link in an output is refused with its path`() throws {
    let folder = try scratch.folder("output", ["sub/a": "x"])
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/sub/link", withDestinationPath: "/etc/passwd")
    let thrown = #expect(throws: Diagnostic.self) { try store.commit(directory: folder) }
    #expect(thrown?.message == "the output 'sub/link' is a symbolic link")
  }

  @Test func `permissions, links and empty folders are kept where they are asked for`() throws {
    func make() throws -> String {
      let folder = try scratch.folder("output-\(UUID().uuidString)", ["sub/a": "x", "plain": "y"])
      try Folder.create(folder + "/empty/inner")
      try Folder.create(folder + "/closed")
      try Folder.link(folder + "/sub/link", to: "../plain")
      try Folder.set(Permissions(bits: 0o444), of: folder + "/sub/a")
      try Folder.set(Permissions(bits: 0o500), of: folder + "/closed")
      return folder
    }
    let tree = try store.commit(directory: try make(), keeping: .everything)
    let manifest = try store.manifest(of: tree)
    #expect(manifest.entries.map(\.permissions.description) == ["644", "444"])
    #expect(manifest.folders.map(\.path) == ["closed", "empty/inner"])
    #expect(manifest.folders.map(\.permissions.description) == ["500", "755"])
    #expect(manifest.links == [TreeManifest.Link(path: "sub/link", target: "../plain")])

    let path = try store.checkOut(tree)
    #expect(try FileStatus(of: path + "/empty/inner")?.kind == .folder)
    #expect(try scratch.text(path + "/sub/link") == "y")
    try Folder.remove(path + "/empty/inner")
    #expect(try store.checkOut(tree) == path)
    #expect(try FileStatus(of: path + "/empty/inner")?.kind == .folder)

    // What an earlier program made of the same folder.
    let folder = try make()
    try Folder.remove(folder + "/sub/link")
    let plain = try store.commit(directory: folder)
    #expect(manifest.isCalled(tree) && manifest.isCalled(plain) && plain != tree)
  }

  @Test func `a folder that its owner may not change is removed all the same`() throws {
    let folder = try scratch.folder("closed", ["a/b": "x"])
    for path in ["/a", ""] { try Folder.set(Permissions(bits: 0o100), of: folder + path) }
    try Folder.remove(folder)
    #expect(try FileStatus(of: folder) == nil)
  }

  @Test func `a lost or shortened object means the tree is not contained`() throws {
    let tree = try commit(["a": "first", "b": "second"])
    try Folder.remove(store.layout.object(Digest(of: "second")))
    #expect(!store.contains(tree))
    let thrown = #expect(throws: Diagnostic.self) { try store.checkOut(tree) }
    #expect(thrown?.message.contains("has lost object") == true)
    #expect(!store.contains(Digest(of: "nothing")))
  }

  @Test func `a check-out that somebody changed is laid out again`() throws {
    let tree = try commit(["a": "x", "b": "y"])
    let folder = try store.checkOut(tree)
    try Folder.remove(folder + "/a")
    #expect(try store.checkOut(tree) == folder)
    #expect(try scratch.text(folder + "/a") == "x")
  }

  @Test func `verifying names damaged and stray objects, and discarding heals`() throws {
    let tree = try commit(["a": "good", "b": "bad!"])
    _ = try store.checkOut(tree)
    #expect(try store.verify() == [])
    let path = store.layout.object(Digest(of: "bad!"))
    try Folder.remove(path)
    try Folder.replaceFile(path, with: Array("worse".utf8))
    let stray = store.root + "/objects/zz/readme"
    try Folder.create(stray.parentPath)
    try Folder.replaceFile(stray, with: [])
    let problems = try store.verify()
    #expect(Set(problems.map(\.kind)) == [.damaged, .stray])
    #expect(problems.map(\.path) == [path, stray].sorted())
    try store.discard(problems)
    #expect(try store.verify() == [])
    #expect(!store.contains(tree))
    #expect(try commit(["a": "good", "b": "bad!"]) == tree)
    #expect(try scratch.text(store.checkOut(tree) + "/b") == "bad!")
  }

  @Test func `collecting keeps what is asked for and nothing else`() throws {
    let kept = try commit(["a": "shared", "b": "kept"])
    let dropped = try commit(["a": "shared", "c": "dropped"])
    _ = try store.checkOut(dropped)
    let collected = try store.collect { ([kept], []) }
    #expect(collected.objects == 2)
    #expect(store.contains(kept) && !store.contains(dropped))
    #expect(try Folder.names(in: store.root + "/artifacts") == [])
  }

  @Test func `collecting waits for no one but refuses while another uses the store`() throws {
    let other = try Store(opening: store.root)
    let thrown = #expect(throws: Diagnostic.self) { try store.collect { ([], []) } }
    #expect(thrown?.message == "another anneal process is using the store '\(store.root)'")
    withExtendedLifetime(other) {}
  }

  @Test func `a process's temporary folders go with it`() throws {
    var other: Store? = try Store(opening: store.root)
    let folder = try #require(try other?.temporaryDirectory())
    #expect(try FileStatus(of: folder)?.kind == .folder)
    other = nil
    #expect(try FileStatus(of: folder) == nil)
  }

  @Test func `folders of dead processes are removed, those of living ones stay`() throws {
    let living = try store.temporaryDirectory()
    let dead = store.root + "/temporary/1-2"
    try Folder.create(dead)
    try Folder.replaceFile(dead + "/lock", with: [])
    _ = try Store(opening: store.root)
    #expect(try FileStatus(of: dead) == nil)
    #expect(try FileStatus(of: living) != nil)
  }

  @Test func `many writers of the same and of other content do not disturb each other`() throws {
    let root = store.root
    let trees = Mutex<[Digest: Int]>([:])
    DispatchQueue.concurrentPerform(iterations: 24) { index in
      do {
        let store = try Store(opening: root)
        let folder = try store.temporaryDirectory()
        try Folder.replaceFile(folder + "/shared", with: Array("same".utf8))
        try Folder.replaceFile(folder + "/own", with: Array("\(index % 3)".utf8))
        let tree = try store.commit(directory: folder)
        _ = try store.checkOut(tree)
        trees.withLock { $0[tree, default: 0] += 1 }
      } catch {
        Issue.record("writer \(index): \(error)")
      }
    }
    #expect(trees.withLock { $0.values.sorted() } == [8, 8, 8])
    #expect(try store.verify() == [])
    #expect(try FileTree.entries(below: root + "/objects").count == 7)
  }

  @Test func `the lock of a key excludes others until it goes`() throws {
    let key = Digest(of: "key")
    let other = try store.lock(for: key)
    do {
      let mine = try store.lock(for: key)
      #expect(try mine.tryLock())
      #expect(try !other.tryLock())
    }
    #expect(try other.tryLock())
  }
}
