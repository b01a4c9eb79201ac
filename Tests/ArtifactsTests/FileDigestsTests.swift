import Diagnostics
import Foundation
import Glibc
import Testing

@testable import Artifacts

@Suite struct FileDigestsTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    _ = try scratch.folder(
      "data",
      [
        "a.csv": "a", "b.csv": "b", "c.txt": "c", ".hidden.csv": "h", "x/a.csv": "xa",
        "x/y/a.csv": "xya", "x/.git/a.csv": "git",
      ])
  }

  func matches(_ pattern: String) throws -> [String] {
    try FilePattern(pattern).matches(in: scratch.path).map(\.path)
  }

  @Test(arguments: [
    ("data/a.csv", ["data/a.csv"]),
    ("data/*.csv", ["data/a.csv", "data/b.csv"]),
    ("data/[ab].*", ["data/a.csv", "data/b.csv"]),
    ("data/?.csv", ["data/a.csv", "data/b.csv"]),
    ("data/.*.csv", ["data/.hidden.csv"]),
    ("*/*.txt", ["data/c.txt"]),
    ("data/x", ["data/x/.git/a.csv", "data/x/a.csv", "data/x/y/a.csv"]),
    ("data/x/", ["data/x/.git/a.csv", "data/x/a.csv", "data/x/y/a.csv"]),
    ("data/**/a.csv", ["data/a.csv", "data/x/a.csv", "data/x/y/a.csv"]),
    ("data/x/**", ["data/x/.git/a.csv", "data/x/a.csv", "data/x/y/a.csv"]),
    ("data/none.csv", []), ("data/*.png", []), ("data/a.csv/b", []),
  ])
  func `finds files by pattern`(pattern: String, files: [String]) throws {
    #expect(try matches(pattern) == files)
  }

  @Test func `a file of that very name is meant, whatever the name holds`() throws {
    for name in ["d [1].csv", "d 1.csv", "q?.csv", "qa.csv"] { try scratch.write(name, name) }
    #expect(try matches("d [1].csv") == ["d [1].csv"])
    #expect(try matches("q?.csv") == ["q?.csv"])
    #expect(try matches("d [12].csv") == ["d 1.csv"])
  }

  @Test func `absolute patterns give absolute paths`() throws {
    let pattern = scratch.path + "/data/*.txt"
    let found = try FilePattern(pattern).matches(in: "/").map(\.path)
    #expect(found == [scratch.path + "/data/c.txt"])
  }

  @Test(arguments: [".", "**", "**/*", "*", ".*/*", ".*", "sub/../*"])
  func `patterns pass over Anneal's own files`(pattern: String) throws {
    for file in [
      ".anneal/locks/x", "sub/.anneal/format", "p.yaml", "p.lock.yaml", "p@quick.lock.yaml",
      "sub/q.yml", "sub/q.lock.yaml", "conda.lock.yaml",
    ] {
      try scratch.write(file, "")
    }
    let found = try FilePattern(pattern).matches(in: scratch.path).map(\.path)
    #expect(found.filter { $0.contains(".anneal/") } == [])
    #expect(found.filter { $0.hasSuffix(".lock.yaml") && !$0.hasSuffix("conda.lock.yaml") } == [])
    if !pattern.hasPrefix(".*") { #expect(found.contains { $0.hasSuffix("conda.lock.yaml") }) }
    let own = try FilePattern("p.lock.yaml").matches(in: scratch.path)
    #expect(own.map(\.path) == ["p.lock.yaml"])
  }

  @Test func `digests by path, and large sets by pattern`() throws {
    let files = try FileDigests(cache: nil)
    let few = try files.digests(matching: ["data/*.csv", "s3://bucket/key"], in: scratch.path)
    #expect(few == ["data/a.csv": Digest(of: "a"), "data/b.csv": Digest(of: "b")])
    for index in 0...FileDigests.longestList { try scratch.write("many/\(index)", "\(index)") }
    let many = try files.digests(matching: ["many"], in: scratch.path)
    #expect(Array(many.keys) == ["many"])
    try scratch.write("many/7", "changed")
    #expect(try files.digests(matching: ["many"], in: scratch.path) != many)
  }

  @Test func `a pattern that matches nothing is an error`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try FileDigests(cache: nil).digests(matching: ["data/*.parquet"], in: scratch.path)
    }
    #expect(thrown?.message == "no file matches 'data/*.parquet'")
  }

  @Test func `a folder without files is an error that names no other`() throws {
    try Folder.create(scratch.path + "/pics")
    let thrown = #expect(throws: Diagnostic.self) {
      try FileDigests(cache: nil).digests(matching: ["pics"], in: scratch.path)
    }
    #expect(thrown?.message == "there is no file in the folder 'pics'")
    #expect(thrown?.notes == [])
  }

  @Test func `an unchanged file is not read again, a changed one is`() throws {
    let cache = scratch.path + "/cache"
    let file = scratch.path + "/data/a.csv"
    try scratch.age(file)
    let first = try FileDigests(cache: cache)
    _ = try first.digests(matching: ["data/a.csv"], in: scratch.path)
    try first.save()

    // Telling whether a file is read: what is remembered is replaced by another digest.
    let records = DigestRecords(parsing: try Folder.contents(of: cache)).records
    #expect(records.map(\.digest) == [Digest(of: "a")])
    let planted = records.map {
      DigestRecords.Record(file: $0.file, day: $0.day, digest: Digest(of: "planted"))
    }
    try Folder.replaceFile(cache, with: DigestRecords(planted).bytes)
    let second = try FileDigests(cache: cache)
    let remembered = try second.digests(matching: ["data/a.csv"], in: scratch.path)
    #expect(remembered == ["data/a.csv": Digest(of: "planted")])

    try scratch.age(file, by: 7200)
    let again = try second.digests(matching: ["data/a.csv"], in: scratch.path)
    #expect(again == ["data/a.csv": Digest(of: "a")])
  }

  @Test func `a file changed just now is not remembered`() throws {
    let files = try FileDigests(cache: scratch.path + "/cache")
    _ = try files.digests(matching: ["data/a.csv"], in: scratch.path)
    try files.save()
    #expect(try FileStatus(of: scratch.path + "/cache") == nil)
  }

  /// A change that keeps the size and puts the time of modification back is seen all the same.
  @Test func `a change behind an old time of modification is seen`() throws {
    let file = scratch.path + "/data/a.csv"
    let date = Date(timeIntervalSinceNow: -3600)
    func write(_ text: String) throws {
      let handle = try #require(FileHandle(forWritingAtPath: file))
      try handle.write(contentsOf: Data(text.utf8))
      try handle.close()
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
    }
    let files = try FileDigests(cache: nil)
    try write("a")
    _ = try files.digests(matching: ["data/a.csv"], in: scratch.path)
    let before = try #require(try FileStatus(of: file))
    // The clock that the file system reads stands still for a few milliseconds.
    while try FileStatus(of: file)?.changed == before.changed { try write("b") }
    #expect(try FileStatus(of: file)?.modified == before.modified)
    let digests = try files.digests(matching: ["data/a.csv"], in: scratch.path)
    #expect(digests == ["data/a.csv": Digest(of: "b")])
  }

  @Test func `what is linked in a folder counts as what it leads to`() throws {
    let manager = FileManager.default
    _ = try scratch.folder("other", ["one.csv": "1", "more/two.csv": "2"])
    for (link, target) in [("x/l.csv", "other/one.csv"), ("x/m", "other/more"), ("x/n", "none")] {
      try manager.createSymbolicLink(
        atPath: scratch.path + "/data/" + link, withDestinationPath: scratch.path + "/" + target)
    }
    let files = try FileDigests(cache: nil)
    let digests = try files.digests(matching: ["data/x"], in: scratch.path)
    #expect(try matches("data/x") == digests.keys.sorted())
    #expect(digests["data/x/l.csv"] == Digest(of: "1"))
    #expect(digests["data/x/m/two.csv"] == Digest(of: "2"))
    #expect(!digests.keys.contains("data/x/n"))
    #expect(try matches("data/**/two.csv") == ["data/x/m/two.csv"])
    #expect(try matches("data/x/m") == ["data/x/m/two.csv"])
  }

  @Test(arguments: [".", "..", "../..", "y/back"])
  func `a folder that is linked into itself is an error`(target: String) throws {
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: scratch.path + "/data/x/l", withDestinationPath: target)
    try manager.createSymbolicLink(
      atPath: scratch.path + "/data/x/y/back", withDestinationPath: "..")
    for pattern in ["data/x", "data/x/**", "data/**/a.csv"] {
      let thrown = #expect(throws: Diagnostic.self) { try matches(pattern) }
      #expect(thrown?.message.hasSuffix("leads to a folder that it is in") == true)
    }
  }

  @Test(arguments: ["data/x", "data/x/*", "data/x/**", "data/**/p*", "data/x/pipe", "data/x/link"])
  func `a pipe is an error and is not opened`(pattern: String) throws {
    #expect(unsafe mkfifo(scratch.path + "/data/x/pipe", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path + "/data/x/link", withDestinationPath: "pipe")
    let thrown = #expect(throws: Diagnostic.self) {
      try FileDigests(cache: nil).digests(matching: [pattern], in: scratch.path)
    }
    #expect(thrown?.message.hasSuffix("is neither a file nor a folder") == true)
  }

  @Test(arguments: ["data/x", "data/x/*", "data/**/*b", "data/*/a*"])
  func `a name that is no text is an error with a remedy`(pattern: String) throws {
    let folder = Array((scratch.path + "/data/x/").utf8)
    let path = folder + [0x61, 0xff, 0x62, 0]
    let descriptor = unsafe path.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe creat($0.baseAddress!, 0o644) }
    }
    #expect(descriptor >= 0)
    close(descriptor)
    let thrown = #expect(throws: Diagnostic.self) { try matches(pattern) }
    #expect(
      thrown?.message == "the name of 'a\u{FFFD}b' in '\(scratch.path)/data/x' is not UTF-8")
    #expect(thrown?.notes.map(\.message) == ["rename or remove the file"])
    try Folder.remove(scratch.path + "/data")
    #expect(try Folder.names(in: scratch.path) == [])
  }

  @Test(arguments: ["", "nonsense", "anneal digests 1\n1 2 3\n-1 x y z\n", "anneal digests 2\n"])
  func `a damaged cache only costs reading`(text: String) throws {
    try scratch.write("cache", text)
    let files = try FileDigests(cache: scratch.path + "/cache")
    let digests = try files.digests(matching: ["data/a.csv"], in: scratch.path)
    #expect(digests == ["data/a.csv": Digest(of: "a")])
  }

  @Test func `what was begun early counts only while the file is as it was`() throws {
    let bytes = [UInt8](repeating: 7, count: 5 << 20)
    let path = scratch.path + "/large"
    try Folder.replaceFile(path, with: bytes)
    let past = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
    let files = try FileDigests(cache: nil)
    for pattern in ["large", "data/a.csv", "none", "data", "*"] {
      files.expect(pattern, in: scratch.path)
    }
    #expect(files.expectedCount == 1)
    func digest() throws -> Digest? {
      try files.digests(matching: ["large"], in: scratch.path)["large"]
    }
    #expect(try digest() == Digest(of: bytes))
    files.expect("large", in: scratch.path)
    let other = Array(bytes.dropLast()) + [8]
    try Folder.replaceFile(path, with: other)
    #expect(try digest() == Digest(of: other))
  }
}
