import Diagnostics
import Foundation
import Glibc
import Pipeline
import TestSupport
import Testing

@Suite struct `Hostile pipeline files` {
  private static let stages = "stages: {data: {load: {csv: a.csv}}}\n"

  @Test func `a file of a gigabyte is refused without being read`() throws {
    let folder = try Folder()
    let path = folder.path + "/big.yaml"
    try Data().write(to: URL(filePath: path))
    #expect(unsafe truncate(path, 1 << 30) == 0)
    #expect(messages(path) == ["'\(path)' has more than 4194304 bytes"])
    let main = try folder.write("p.yaml", "pipeline: p\ninclude: big.yaml\n" + Self.stages)
    let problem = try #require(problems(main).first)
    #expect(problem.message == "'\(path)' has more than 4194304 bytes")
    #expect(problem.location == SourceLocation(file: main, line: 2, column: 10))
  }

  @Test func `lines of a file that is no text are not shown`() throws {
    let folder = try Folder()
    let (binary, text) = (folder.path + "/t.parquet", folder.path + "/t.csv")
    try Data([0x50, 0x41, 0x52, 0x31, 0, 0xff, 0xfe, 10]).write(to: URL(filePath: binary))
    try Data([0x61, 0, 0x62, 10]).write(to: URL(filePath: text))
    let problems = Diagnostics(
      [binary, text].map { file in
        Diagnostic("wrong", at: SourceRange(file: file, line: 1, column: 1))
      })
    let sources = PipelineFile.sources(for: problems)
    #expect(sources[binary] == nil && sources[text] == "a\0b\n")
  }

  @Test func `what is no plain file is refused without being opened`() throws {
    let folder = try Folder()
    let pipe = folder.path + "/pipe.yaml"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let main = try folder.write(
      "p.yaml", "pipeline: p\ninclude: [pipe.yaml, /dev/zero, .]\n" + Self.stages)
    #expect(
      messages(main) == [
        "'\(pipe)' is not a file", "'/dev/zero' is not a file", "'\(folder.path)/.' is not a file",
      ])
    #expect(messages(pipe) == ["'\(pipe)' is not a file"])
    #expect(messages("/dev/zero") == ["'/dev/zero' is not a file"])
  }

  @Test func `files under many names count once and circles end`() throws {
    let folder = try Folder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.yaml", withDestinationPath: "a.yaml")
    _ = try folder.write("a.yaml", "vars: {x: a.csv}\n")
    let right = try folder.write(
      "p.yaml",
      "pipeline: p\ninclude: [a.yaml, link.yaml, ../\(folder.name)/a.yaml]\n" + Self.stages)
    #expect(messages(right) == [])
    _ = try folder.write("a.yaml", "include: link.yaml\n")
    #expect(messages(right) == ["'\(folder.path)/a.yaml' includes itself"])
  }

  @Test func `includes have a depth, a number, and a size together`() throws {
    let folder = try Folder()
    for level in 0..<20 { _ = try folder.write("d\(level).yaml", "include: d\(level + 1).yaml\n") }
    let deep = try folder.write("deep.yaml", "pipeline: p\ninclude: d0.yaml\n" + Self.stages)
    #expect(messages(deep) == ["files include each other more than 8 levels deep"])

    for number in 0..<70 { _ = try folder.write("n\(number).yaml", "vars: {v\(number): 1}\n") }
    let names = (0..<70).map { "n\($0).yaml" }.joined(separator: ", ")
    let many = try folder.write("many.yaml", "pipeline: p\ninclude: [\(names)]\n" + Self.stages)
    #expect(messages(many).first == "more than 64 files are included")

    let filler = String(repeating: "# \(String(repeating: "x", count: 1000))\n", count: 3000)
    for name in ["s1", "s2"] {
      _ = try folder.write("\(name).yaml", filler + "vars: {\(name): 1}\n")
    }
    let large = try folder.write(
      "large.yaml", "pipeline: p\ninclude: [s1.yaml, s2.yaml]\n" + Self.stages)
    #expect(messages(large) == ["the files of this pipeline have more than 4194304 bytes together"])

    let values = "x-a: [" + String(repeating: "1,", count: 180_000) + "]\n"
    for name in ["v1", "v2"] { _ = try folder.write("\(name).yaml", values) }
    let full = try folder.write(
      "full.yaml", "pipeline: p\ninclude: [v1.yaml, v2.yaml]\n" + Self.stages)
    #expect(messages(full) == ["the files of this pipeline have more than 300000 values together"])
  }

  @Test func `the paths of a stage are relative to the file that it is written in`() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/lib", withIntermediateDirectories: true)
    _ = try folder.write("lib/a.yaml", "stages: {inner: {load: {csv: a.csv}}}\n")
    let main = try folder.write("p.yaml", "pipeline: p\ninclude: lib/a.yaml\n" + Self.stages)
    let graph = try PipelineDocument(reading: main, catalog: fakeCatalog).graph
    let root = URL(filePath: folder.path).standardizedFileURL.path
    #expect(graph["data"]?.directory == root)
    #expect(graph["inner"]?.directory == root + "/lib")
  }

  @Test func `references cannot multiply themselves`() {
    var text = "pipeline: p\nvars:\n  v0: xxxxxxxxxxxxxxxx\n"
    for level in 1..<12 {
      text += "  v\(level): \"" + String(repeating: "${vars.v\(level - 1)}", count: 10) + "\"\n"
    }
    let thrown = #expect(throws: Diagnostics.self) {
      try PipelineDocument(
        parsing: Array((text + Self.stages).utf8), path: "p.yaml", catalog: fakeCatalog)
    }
    #expect(thrown?.first?.message == "the references of this file expand to more than 4 MiB")
  }

  @Test(arguments: [false, true]) func `variables form no long chains`(backwards: Bool) throws {
    let chain = (0..<5000).map { "  v\($0): \"${vars.v\($0 + 1)}\"\n" }
    let ordered = (backwards ? chain.reversed() : chain).joined()
    #expect(
      told(ordered + "  v5000: a\n") == [
        "variables refer to each other in a chain of more than 64"
      ])
    #expect(told(chain[..<63].joined() + "  v63: a\n") == [])
    let circle = ordered + "  v5000: \"${vars.v0}\"\n"
    #expect(told(circle).count == 1)
  }

  @Test(arguments: [false, true]) func `references do not nest without end`(backwards: Bool) {
    let open = String(repeating: "[", count: 40)
    let close = String(repeating: "]", count: 40)
    let chain = (0..<60).map { "  v\($0): \(open)\"${vars.v\($0 + 1)}\"\(close)\n" }
    let lines = (backwards ? chain.reversed() : chain).joined() + "  v60: a\n"
    #expect(
      Set(told(lines)) == [
        "references put lists and mappings more than 64 levels deep into one another"
      ])
  }

  @Test func `circles name a few of those who form them`() throws {
    let stages = (0..<6000).map { number in
      "  s\(number): {from: s\((number + 1) % 6000), normalize: {}}\n"
    }
    let text = "pipeline: p\nstages:\n" + stages.joined()
    let thrown = #expect(throws: Diagnostics.self) {
      try PipelineDocument(parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog)
    }
    #expect(
      thrown?.first?.message
        == "stages read from each other in a circle: s0 → s1 → s2 → s3 → s4 → s5 → s6 → s7 → s8 → s9 "
        + "→ s10 → s11 → … → s0")
  }

  @Test func `a path that is set has no more names than a file has levels`() {
    let path = "stages" + String(repeating: ".a", count: 30_000)
    let thrown = #expect(throws: Diagnostics.self) {
      try PipelineDocument(
        parsing: Array(("pipeline: p\n" + Self.stages).utf8), path: "p.yaml",
        overrides: [path + "=1"], catalog: fakeCatalog)
    }
    #expect(thrown?.first?.message == "the path has more than 64 names")
  }

  @Test func `a matrix is counted before its values are compared`() {
    let values = (0..<20_000).map { "v\($0)" }.joined(separator: ", ")
    func matrix(_ text: String) -> [String] {
      told(stages: "  a: {load: {csv: a.csv}, matrix: {\(text)}}\n")
    }
    #expect(matrix("x: [\(values)]") == ["the matrix has more than 1000 combinations"])
    let mappings = (0..<2000).map { "{x: \($0)}" }.joined(separator: ", ")
    #expect(matrix("x: [1], include: [\(mappings)]") == ["'include' has more than 1000 mappings"])
  }

  @Test func `matrices of several stages cannot multiply without end`() {
    let values = (0..<10).map { "\($0)" }.joined(separator: ", ")
    let sources = ["a", "b", "c"].map { name in
      "  \(name): {load: {csv: \(name).csv, model: true}, matrix: {\(name): [\(values)]}}\n"
    }
    let readers = (0..<300).map { "  r\($0): {from: [d, a, b, c], distill: {}}\n" }
    #expect(
      told(stages: "  d: {load: {csv: d.csv}}\n" + sources.joined() + readers.joined()) == [
        "up to stage 'r99' there are 100031 stage instances"
      ])
  }

  @Test func `thousands of misspelt names are told of without a comparison of each with all`() {
    let right = (0..<3000).map { "  stage\($0): {load: {csv: a.csv}}\n" }.joined()
    let wrong = (0..<3000).map { "  wrong\($0): {from: stge\($0), normalize: {}}\n" }.joined()
    let problems = problems(stages: right + wrong)
    #expect(problems.count == 3000)
    #expect(problems.first?.notes.first?.message == "did you mean 'stage0'?")
    #expect(problems.last?.notes.first?.message.hasPrefix("there are stage0, stage1, ") == true)
  }

  /// What is told of a pipeline with these variables.
  private func told(_ variables: String) -> [String] {
    problems(of: "pipeline: p\nvars:\n" + variables + Self.stages).map(\.message)
  }

  private func told(stages: String) -> [String] { problems(stages: stages).map(\.message) }

  private func problems(stages: String) -> [Diagnostic] {
    problems(of: "pipeline: p\nstages:\n" + stages)
  }

  private func problems(of text: String) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try PipelineDocument(parsing: Array(text.utf8), path: "p.yaml", catalog: fakeCatalog)
      return []
    } catch {
      return error.all
    }
  }

  private func problems(_ path: String) -> [Diagnostic] {
    do throws(Diagnostics) {
      _ = try PipelineDocument(reading: path, catalog: fakeCatalog)
      return []
    } catch {
      return error.all
    }
  }

  private func messages(_ path: String) -> [String] {
    problems(path).map(\.message)
  }
}

/// A folder of its own that is removed at the end.
private final class Folder: Sendable {
  let path: String
  let name: String

  init() throws {
    name = "anneal-\(UUID())"
    path = FileManager.default.temporaryDirectory.appending(path: name).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    return path + "/" + name
  }
}
