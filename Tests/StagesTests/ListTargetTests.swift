import Diagnostics
import Foundation
import Pipeline
import Tensor
import Testing
import YAML

@testable import Dataset
@testable import Stages

/// Targets that are lists in a row: of labels, and of the values of arrays.
@Suite struct `Lists to predict` {
  private let stage: StageRun

  init() throws { stage = try StageRun() }

  private static let recipe =
    "{model: {mlp: {hidden: [16]}}, epochs: 30, batch: 32, optimizer: {adamw: {learning-rate: 0.02}}}"

  /// Answers for rows of a file, as far as they are right by their own targets.
  private func truths(_ model: String, _ source: any Source.Type, _ name: String) throws -> [NewRow]
  {
    let dataset = try Dataset(opening: stage.path + "/data")
    let file = SourceFile(path: stage.path + "/" + name, name: name)
    let target = try #require(dataset.description.target)
    let found = try source.newRows(
      [file], for: dataset.description.features, target: target, dataset.description.provenance)
    var rows: [NewRow] = []
    try #require(found).readNew { rows += $0.rows }
    return rows
  }

  @Test func `are labels in JSON lines`() throws {
    var stream = RandomStream(seed: 5)
    let lines = (0..<300).map { _ -> String in
      let (a, b) = (stream.normal(), stream.normal())
      let labels = [("\"up\"", a > 0), ("7", b > 0.3)].filter(\.1).map(\.0).joined(separator: ", ")
      return "{\"p\": {\"a\": \(a), \"b\": \(b)}, \"tags\": [\(labels)]}"
    }
    try stage.write("t.jsonl", lines.joined(separator: "\n") + "\n")
    let dataset = try stage.run(
      Load.self,
      "{jsonl: t.jsonl, target: tags, split: {train: 60%, test: 40%, stratify: true}}", to: "data")
    #expect(dataset.description.target?.classes == ["7", "up"])
    #expect(dataset.description.features.flatMap(\.columns) == ["p.a", "p.b"])
    try stage.run(Train.self, Self.recipe, to: "net", ["data": "data"])
    #expect(try #require(stage.reporter.metrics["test"]?["micro-f1"]?.double) > 0.9)
    try stage.write(
      "new.jsonl",
      """
      {"p": {"a": 1, "b": 2}, "tags": ["up", 7]}
      {"p": {"a": -1, "b": -2}, "tags": []}
      {"p": {"a": 1, "b": -2}}
      {"p": {"a": 1, "b": -2}, "tags": ["else"]}

      """)
    let rows = try truths("net", ObjectFiles.self, "new.jsonl")
    #expect(rows.map(\.truths) == [[1, 1], [0, 0], [], []])
    #expect(rows.allSatisfy { $0.problem == nil })
    #expect(rows[3].doubt?.contains("'else'") == true)
  }

  @Test func `that miss a label or hold something else are bad rows`() throws {
    try stage.write(
      "t.jsonl",
      """
      {"a": 1, "y": ["p", "q"]}
      {"a": 2, "y": ["p", null]}
      {"a": 3, "y": [["p"]]}
      {"a": 4, "y": null}
      {"a": 5, "y": []}
      {"a": 6, "y": "q"}

      """)
    let dataset = try stage.run(
      Load.self, "{jsonl: t.jsonl, target: y, split: {train: 100%}, bad-rows: skip}", to: "data")
    #expect(dataset.rows(.train)?.target == .uint8([1, 1, 0, 0, 0, 1]))
    #expect(
      stage.reporter.metrics["bad-rows"]?["listed"] == [
        "t.jsonl:2: a label of 'y' is missing",
        "t.jsonl:3: a label of 'y' is an object, a list or has '␟' in it",
        "t.jsonl:4: the target 'y' is missing",
      ])
  }

  @Test func `of amounts are no labels, and their elements are predicted instead`() throws {
    let lines = (0..<40).map { "{\"a\": \($0), \"y\": [\($0).5, \(2 * $0).25]}" }
    try stage.write("t.jsonl", lines.joined(separator: "\n"))
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(Load.self, "{jsonl: t.jsonl, target: y}", to: "data")
    }
    #expect(thrown?.message.contains("amounts such as 0.25, which are no labels") == true)
    #expect(thrown?.notes.first?.message.contains("`target: y_*`") == true)
    let dataset = try stage.run(Load.self, "{jsonl: t.jsonl, target: 'y_*'}", to: "data")
    #expect(dataset.description.target?.columns == ["y_0", "y_1"])
  }

  /// A file of NumPy's with numbers of 64 bits.
  private func npy(_ shape: [Int], _ values: [Double]) -> [UInt8] {
    let axes = shape.map { "\($0)," }.joined()
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(axes)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = UInt16(header.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array(header.utf8)
      + values.flatMap { value in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
      }
  }

  private func writeArrays(_ folder: String, rows: Int = 300, labels: Bool) throws {
    var stream = RandomStream(seed: 6)
    let x = (0..<2 * rows).map { _ in Double(stream.normal()) }
    let y = (0..<rows).flatMap { row -> [Double] in
      let (a, b) = (x[2 * row], x[2 * row + 1])
      return labels ? [a > 0 ? 1 : 0, a + b > 1 ? 1 : 0] : [100 + 10 * a, 0.1 * b]
    }
    try stage.write("\(folder)/x.npy", npy([rows, 2], x))
    try stage.write("\(folder)/y.npy", npy([rows, 2], y))
    for element in 0..<2 {
      try stage.write(
        "\(folder)-2/\(["first", "second"][element]).npy",
        npy([rows], (0..<rows).map { y[2 * $0 + element] }))
    }
    try stage.write("\(folder)-2/x.npy", npy([rows, 2], x))
  }

  @Test func `are several values of an array, or of several`() throws {
    try writeArrays("a", labels: false)
    let dataset = try stage.run(Load.self, "{npy: a, target: y}", to: "data")
    let target = try #require(dataset.description.target)
    #expect(target.task == .regression && target.columns == ["y_0", "y_1"])
    #expect(
      stage.reporter.metrics["decisions"]?[0]
        == "the targets y_0, y_1 are taken for amounts, which are predicted together")
    try stage.run(Train.self, Self.recipe, to: "net", ["data": "data"])
    #expect(try #require(stage.reporter.metrics["test"]?["r2"]?.double) > 0.95)
    let rows = try truths("net", NumpyFiles.self, "a")
    #expect(rows.count == 300 && rows.allSatisfy { $0.truths.count == 2 })
    #expect(rows[0].truths[0] > 50 && abs(rows[0].truths[1]) < 1)

    let other = try stage.run(Load.self, "{npy: a-2, target: [first, second]}", to: "data")
    #expect(other.description.target?.columns == ["first", "second"])
    #expect(other.rows(.test)?.target == dataset.rows(.test)?.target)
    #expect(try truths("net", NumpyFiles.self, "a-2").first?.truths == rows[0].truths)
  }

  @Test func `are labels where an array holds 0 and 1`() throws {
    try writeArrays("a", labels: true)
    let dataset = try stage.run(
      Load.self, "{npy: a, target: y, split: {train: 60%, test: 40%, stratify: true}}", to: "data")
    let target = try #require(dataset.description.target)
    #expect(target.task == .multiLabel && target.classes == ["y_0", "y_1"])
    try stage.run(Train.self, Self.recipe, to: "net", ["data": "data"])
    #expect(try #require(stage.reporter.metrics["test"]?["micro-f1"]?.double) > 0.9)
    #expect(try truths("net", NumpyFiles.self, "a").allSatisfy { $0.truths.count == 2 })
  }

  @Test func `of an array are told of where they look like a class`() throws {
    try stage.write("a/x.npy", npy([20, 2], (0..<40).map { Double($0) }))
    try stage.write("a/y.npy", npy([20, 2], (0..<40).map { Double(($0 + $0 / 2) % 2) }))
    _ = try stage.run(Load.self, "{npy: a, target: y}", to: "data")
    #expect(
      stage.reporter.warnings.contains {
        $0.message.hasPrefix("every row has exactly one of the labels y_0, y_1")
          && $0.notes.contains { $0.message.contains("y.argmax(axis=1)") }
      })
    let thrown = #expect(throws: Diagnostic.self) {
      _ = try stage.run(Load.self, "{npy: a, target: y, task: classification}", to: "data")
    }
    #expect(thrown?.message.contains("has the shape [20, 2]") == true)
  }

  @Test func `of an array that miss a value are bad rows`() throws {
    try stage.write("a/x.npy", npy([4, 2], (0..<8).map { Double($0) }))
    try stage.write("a/y.npy", npy([4, 2], [1, 2, .nan, 4, 5, .infinity, 7, 8.5]))
    _ = try stage.run(
      Load.self, "{npy: a, target: y, split: {train: 100%}, bad-rows: skip}", to: "data")
    #expect(
      stage.reporter.metrics["bad-rows"]?["listed"] == [
        "row 2 of 'a/x.npy': the target 'y_0' is missing",
        "row 3 of 'a/x.npy': inf in the target 'y_1' is not a finite number",
      ])
  }
}
