import Artifacts
import Diagnostics
import Testing
import YAML

@Suite struct LockFileTests {
  let lock = LockFile(
    pipeline: "digits",
    stages: [
      "teacher@depth=20": LockFile.Stage(
        key: Digest(of: "k"), output: Digest(of: "o"), seed: .max,
        metrics: ["validation": ["accuracy": 0.985, "loss": .double(.nan)], "epochs": 12],
        numerics: ["threads": 2, "device": "cpu"]),
      "digits": LockFile.Stage(key: Digest(of: "k2"), output: Digest(of: "o2"), seed: 0),
    ])

  @Test func `survives writing and reading, and writes the same bytes`() throws {
    let scratch = try Scratch()
    let path = scratch.path + "/digits.lock.yaml"
    try lock.write(to: path)
    let read = try #require(try LockFile(reading: path))
    #expect(read.text == lock.text)
    #expect(read.stages.keys.sorted() == ["digits", "teacher@depth=20"])
    #expect(read.stages["teacher@depth=20"]?.seed == .max)
    let inode = try FileStatus(of: path)?.inode
    try read.write(to: path)
    #expect(try FileStatus(of: path)?.inode == inode)
    #expect(try LockFile(reading: scratch.path + "/none") == nil)
  }

  @Test(arguments: [
    ("pipelines/digits.yaml", "pipelines/digits.lock.yaml"), ("a.yml", "a.lock.yaml"),
    ("odd", "odd.lock.yaml"),
  ])
  func `lies beside the pipeline`(pipeline: String, lock: String) {
    #expect(LockFile.path(for: pipeline) == lock)
    let profiled = lock.replacing(".lock", with: "@quick,wide.lock")
    #expect(LockFile.path(for: pipeline, profiles: ["quick", "wide"]) == profiled)
  }

  @Test(arguments: [
    ("", "the lock file is empty", 1),
    ("# Written by 'anneal run'.\n", "the lock file is empty", 1),
    (
      "format: 1\n<<<<<<< HEAD\npipeline: p\n=======\npipeline: q\n>>>>>>> other\n",
      "the lock file holds a merge conflict, which begins with '<<<<<<<'", 2
    ),
    ("format: 1\nstages\n", "a key has no ':' after it", 2),
  ])
  func `says how it is made anew`(text: String, fact: String, line: Int) throws {
    let scratch = try Scratch()
    try scratch.write("p.yaml", "")
    let thrown = #expect(throws: Diagnostics.self) {
      try LockFile(parsing: Array(text.utf8), file: scratch.path + "/p@quick,big.lock.yaml")
    }
    let problem = try #require(thrown?.first)
    #expect(problem.message == fact)
    #expect(problem.location?.line == line)
    #expect(
      problem.notes.last?.message
        == "take the committed version back, or remove the file and write it anew: "
        + "anneal run \(scratch.path)/p.yaml --profile quick --profile big")
    #expect(LockFile.command(writing: "a/q.lock.yaml") == "anneal run a/q.yaml")
    #expect(LockFile.command(writing: "q@x.lock.yaml") == "anneal run q.yaml --profile x")
  }

  @Test(arguments: [
    ("pipeline: x", "the lock file has no 'format'", 1),
    ("format: 2", "the lock file has format 2, and this anneal reads up to 1", 1),
    (
      "format: 1\nstages:\n  a:\n    key: zz\n",
      "'key' is not a digest of 64 hexadecimal digits", 4
    ),
    ("format: 1\nstages:\n  a: 3\n", "'key' is not a digest of 64 hexadecimal digits", 3),
  ])
  func `points at what is wrong`(text: String, fact: String, line: Int) {
    let thrown = #expect(throws: Diagnostics.self) {
      try LockFile(parsing: Array(text.utf8), file: "p.lock.yaml")
    }
    #expect(thrown?.first?.message == fact)
    #expect(thrown?.first?.location?.line == line)
  }

  @Test func `names every difference`() {
    var other = lock
    #expect(other.differences(from: lock) == [])
    other.stages["digits"]?.key = Digest(of: "new")
    other.stages["teacher@depth=20"]?.output = Digest(of: "new")
    other.stages["more"] = other.stages["digits"]
    let differences = other.differences(from: lock)
    #expect(differences.count == 3)
    #expect(differences[0].hasPrefix("stage 'digits' has other settings"))
    #expect(differences[1] == "stage 'more' is not locked")
    #expect(differences[2].hasPrefix("stage 'teacher@depth=20' came to other output"))
    #expect(lock.differences(from: other).contains { $0.contains("not in the pipeline") })
  }
}
