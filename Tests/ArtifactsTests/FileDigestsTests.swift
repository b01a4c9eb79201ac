import Diagnostics
import FoundationEssentials
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
    try FilePattern(pattern).matches(in: scratch.path)
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

  @Test func `absolute patterns give absolute paths`() throws {
    let pattern = scratch.path + "/data/*.txt"
    #expect(try FilePattern(pattern).matches(in: "/") == [scratch.path + "/data/c.txt"])
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

  @Test func `an unchanged file is not read again, a changed one is`() throws {
    let cache = scratch.path + "/cache"
    let file = scratch.path + "/data/a.csv"
    try scratch.age(file)
    let first = try FileDigests(cache: cache)
    _ = try first.digests(matching: ["data/a.csv"], in: scratch.path)
    try first.save()

    // Telling whether a file is read: what is remembered is replaced by another digest.
    let text = try scratch.text("cache")
    #expect(text.contains(Digest(of: "a").hex))
    let planted = text.replacing(Digest(of: "a").hex, with: Digest(of: "planted").hex)
    try scratch.write("cache", planted)
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

  @Test(arguments: ["", "nonsense", "anneal digests 1\n1 2 3\n-1 x y z\n", "anneal digests 9\n"])
  func `a damaged cache only costs reading`(text: String) throws {
    try scratch.write("cache", text)
    let files = try FileDigests(cache: scratch.path + "/cache")
    let digests = try files.digests(matching: ["data/a.csv"], in: scratch.path)
    #expect(digests == ["data/a.csv": Digest(of: "a")])
  }
}
