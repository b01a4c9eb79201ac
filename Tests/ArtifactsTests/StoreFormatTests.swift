import Artifacts
import Diagnostics
import FoundationEssentials
import Testing

@Suite struct StoreFormatTests {
  @Test(arguments: [
    ("2\n", "has format 2"), ("nonsense", "does not hold the version"), ("", "does not"),
  ])
  func `refuses a store it cannot read`(format: String, fact: String) throws {
    let scratch = try Scratch()
    try scratch.write("store/format", format)
    for looking in [false, true] {
      let thrown = #expect(throws: Diagnostic.self) {
        if looking {
          try Store(inspecting: scratch.path + "/store")
        } else {
          try Store(opening: scratch.path + "/store")
        }
      }
      #expect(thrown?.message.contains(fact) == true)
      #expect(thrown?.notes.isEmpty == false)
    }
    #expect(try Folder.names(in: scratch.path + "/store") == ["format"])
  }

  @Test func `looking creates nothing`() throws {
    let scratch = try Scratch()
    let store = try Store(inspecting: scratch.path + "/store")
    #expect(!store.contains(Digest(of: "x")))
    #expect(throws: Diagnostic.self) { try store.temporaryDirectory() }
    #expect(try Folder.names(in: scratch.path) == [])
  }

  @Test func `a place that cannot be a store says why`() throws {
    let scratch = try Scratch()
    try scratch.write("file", "x")
    let thrown = #expect(throws: Diagnostic.self) {
      try Store(opening: scratch.path + "/file/store")
    }
    #expect(thrown?.message.hasPrefix("cannot make the folder '\(scratch.path)/file") == true)
  }

  @Test func `a full disk is named with its remedy`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try OpenFile(appending: "/dev/full").write([1, 2, 3])
    }
    #expect(thrown?.message == "cannot write '/dev/full': no space left on device")
    #expect(thrown?.notes.first?.message.contains("free space") == true)
  }

  @Test(arguments: [
    "/etc/passwd", "../up", "a/../../b", "./a", "a//b", "", "a/", "a/.", "a\u{0}b",
  ])
  func `a manifest cannot lead out of its tree`(path: String) throws {
    let entry = TreeManifest.Entry(path: path, size: 1, digest: Digest(of: "x"))
    let bytes = TreeManifest([entry]).bytes
    #expect(throws: Diagnostic.self) { try TreeManifest(parsing: bytes, file: "m") }
  }

  @Test(arguments: [
    [("a", "/etc/passwd")], [("a", "../b")], [("a", "")], [("a", "b/../..")], [("a", "a")],
    [("a", "b"), ("b", "a")], [("a/b/c/l", "../../.."), ("m", "a/b/c/l/../x")],
    [("l", "sub"), ("l/x", "y")],
  ])
  func `a link cannot lead out of its tree`(links: [(String, String)]) {
    let manifest = TreeManifest(
      [], links: links.map { TreeManifest.Link(path: $0.0, target: $0.1) })
    #expect(throws: Diagnostic.self) { try TreeManifest(parsing: manifest.bytes, file: "m") }
  }

  @Test(arguments: [
    ([("a", "b")], "b"), ([("a", "./b//c/..")], "b"), ([("d/a", "../b")], "b"),
    ([("a", ".")], ""), ([("a", "l/x"), ("l", "d/e")], "d/e/x"),
    ([("a", "l/../x"), ("l", "d/e")], "d/x"),
  ])
  func `a link leads on through others`(links: [(String, String)], destination: String) {
    let targets = LinkTargets(links.map { TreeManifest.Link(path: $0.0, target: $0.1) })
    #expect(targets.destination(of: links[0].0) == destination)
  }

  @Test func `what is as usual is not said, so that plain trees keep their names`() throws {
    let entry = TreeManifest.Entry(
      path: "a", size: 1, digest: Digest(of: "x"), permissions: Permissions(bits: 0o755))
    let text =
      #"{"files":[{"executable":true,"path":"a","sha256":"\#(entry.digest.hex)","size":1}],"#
      + #""format":"anneal tree 1"}"#
    #expect(String(decoding: TreeManifest([entry]).bytes, as: UTF8.self) == text)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"format":"anneal tree 1"}"#, #"{"format":"anneal tree 2","files":[]}"#,
    #"{"format":"anneal tree 1","files":[{"path":"a"}]}"#,
    #"{"format":"anneal tree 1","files":[{"path":"a","size":-1,"sha256":"00"}]}"#,
    #"{"format":"anneal tree 1","files":[],"folders":[{"path":"../a"}]}"#,
    #"{"format":"anneal tree 1","files":[],"folders":[{"path":"a","mode":"9"}]}"#,
    #"{"format":"anneal tree 1","files":[],"folders":[{"path":"a","mode":7}]}"#,
    #"{"format":"anneal tree 1","files":[],"links":[{"path":"a"}]}"#,
  ])
  func `damaged manifests are refused`(text: String) {
    #expect(throws: Diagnostic.self) { try TreeManifest(parsing: Array(text.utf8), file: "m") }
  }

  @Test func `a manifest with a path twice is refused`() {
    let entry = TreeManifest.Entry(path: "a", size: 1, digest: Digest(of: "x"))
    let bytes = TreeManifest([entry, entry]).bytes
    #expect(throws: Diagnostic.self) { try TreeManifest(parsing: bytes, file: "m") }
  }

  @Test func `manifests survive writing and reading`() throws {
    let names = ["a", "a.b", "a/b", "a b", "ä/ö", "-", "...", "x\ny"]
    let manifest = TreeManifest(
      names.map { name in
        TreeManifest.Entry(
          path: name, size: name.count, digest: Digest(of: name),
          permissions: name == "a/b" ? .program : .file)
      },
      folders: [
        TreeManifest.Branch(path: "e/mpty"),
        TreeManifest.Branch(path: "e", permissions: Permissions(bits: 0o500)),
      ], links: [TreeManifest.Link(path: "e/link", target: "../a")])
    #expect(try TreeManifest(parsing: manifest.bytes, file: "m") == manifest)
    let reversed = TreeManifest(
      manifest.entries.reversed(), folders: manifest.folders.reversed(), links: manifest.links)
    #expect(reversed.bytes == manifest.bytes)
  }
}
