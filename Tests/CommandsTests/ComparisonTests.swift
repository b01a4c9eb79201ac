import Foundation
import Commands
import Testing
import YAML

@Suite struct `Comparing artifacts` {
  @Test func `names the members of JSON that differ and by how much`() {
    let old: Value = ["accuracy": 0.5, "kept": 1, "gone": "x", "list": [1, 2]]
    let new: Value = ["accuracy": 0.25, "kept": 1, "list": [1, 3]]
    #expect(
      ValueComparison(old, new).sentences == [
        "accuracy 0.5 → 0.25 (by -0.25)", "gone x → nothing", "list[1] 2 → 3 (by 1.0)",
      ])
    #expect(ValueComparison(old, old).sentences.isEmpty)
    let many = Value.object(
      Dictionary(uniqueKeysWithValues: (0..<12).map { ("m\($0)", Value.int($0)) }))
    #expect(ValueComparison([:], many).sentences.last == "and 2 more")
  }

  @Test func `names the tensors that differ and by how much`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "compare-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ values: [Float]) throws -> String {
      let header =
        #"{"w":{"dtype":"F32","shape":[\#(values.count)],"data_offsets":[0,\#(values.count * 4)]}}"#
      var bytes = (0..<8).map { UInt8(header.utf8.count >> (8 * $0) & 255) } + Array(header.utf8)
      for value in values {
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
      }
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      return file.path
    }
    let old = try write("old.safetensors", [1, 2, 3])
    let new = try write("new.safetensors", [1, 2.5, 3])
    let longer = try write("longer.safetensors", [1, 2, 3, 4])
    #expect(
      FileComparison(old, new).sentences == [
        "tensor 'w' differs in 1 of 3 values, by at most 0.5"
      ])
    #expect(
      FileComparison(old, longer).sentences == ["tensor 'w' has another type or shape"])
  }

  @Test func `falls back to bytes where a file is not what its name says`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "compare-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let old = folder.appending(path: "a.json").path
    let new = folder.appending(path: "b.json").path
    try Data("{broken".utf8).write(to: URL(filePath: old))
    try Data("{brOken".utf8).write(to: URL(filePath: new))
    #expect(FileComparison(old, new).sentences == ["1 of 7 bytes differ, the first at 3"])
  }
}
