import Testing

@testable import Artifacts

@Suite struct PathIndexTests {
  @Test(arguments: [
    ("a", "a"), ("/a/b.c", "/a/b.c"), ("..", ".."), ("/", "/"), ("", ""), ("a/.b", "a/.b"),
    ("./a", "a"), (".", ""), ("a/.", "a"), ("a//b", "a/b"), ("//a", "/a"), ("a/./b/", "a/b"),
    ("../a", "../a"),
  ])
  func `a plain path has no empty parts and no dots for nothing`(path: String, plain: String) {
    #expect(path.plainPath == plain)
  }

  static let index: PathIndex<Int> = {
    var index = PathIndex<Int>()
    index.insert(1, at: "/p/out/a.txt")
    index.insert(2, at: "/p/data/./tables/")
    return index
  }()

  @Test(arguments: [
    ("/p/out/a.txt", 1), ("/p//out/./a.txt", 1), ("/p/out", 1), ("/p/out/", 1), ("/p/data", 2),
    ("/p/data/tables", 2), ("/p/data/tables/x/y.csv", 2), ("/p/data/tables/*.csv", 2),
    ("/p/data/tables/x/**/y", 2),
  ])
  func `finds what is at a path, below it or above it`(path: String, value: Int) {
    #expect(Self.index.value(overlapping: path) == value)
  }

  @Test(arguments: [
    "/p/out/b.txt", "/p/out/a.txt.gz", "/p/outer", "/p/ou", "/p/*", "/p/out/*", "/q", "out/a.txt",
  ])
  func `finds nothing beside it`(path: String) {
    #expect(Self.index.value(overlapping: path) == nil)
    #expect(PathIndex<Int>().value(overlapping: path) == nil)
  }
}
