import Diagnostics
import Foundation
import Testing

@testable import Tensor

struct SafeTensorsTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  /// Runs `body` with the path of a file in a folder that goes afterwards.
  @discardableResult
  private func withFile<Result>(
    _ content: [UInt8]? = nil, _ body: (String) throws -> Result
  ) throws -> Result {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "x.safetensors")
    if let content { try Data(content).write(to: file) }
    return try body(file.path)
  }

  private static func file(_ header: String, data: Int = 0) -> [UInt8] {
    let length = UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
      + [UInt8](repeating: 1, count: data)
  }

  @Test func `what is written is read, for random shapes and all types`() throws {
    var stream = RandomStream(seed: 8, path: ["safetensors"])
    for _ in 0..<20 {
      var tensors: [String: Tensor] = [:]
      for (index, type) in ElementType.allCases.enumerated() {
        let shape = (0..<stream.bounded(4)).map { _ in stream.bounded(4) }
        tensors["t\(index) \"ä\\\n"] = try stream.uniform(shape, low: 0, high: 9).to(type)
      }
      let metadata = ["lineage": "{\"a\": 1}\u{1}", "": "🌱"]
      try withFile { path in
        try SafeTensors.write(tensors, metadata: metadata, to: path)
        let file = try SafeTensors(reading: path)
        #expect(file.metadata == metadata)
        #expect(file.names == tensors.keys.sorted())
        for (name, read) in try file.tensors() {
          let written = try #require(tensors[name])
          #expect(read.type == written.type)
          #expect(read.shape == written.shape)
          #expect(try read.bytes() == written.bytes())
        }
      }
    }
  }

  @Test func `files of the safetensors package are read, and written alike`() throws {
    let bytes = [UInt8](try ReferenceValues.load().safetensors)
    try withFile(bytes) { path in
      let file = try SafeTensors(reading: path)
      #expect(file.metadata == ["format": "pt"])
      #expect(try file.tensor("b").array(Float.self) == [0, 1, 2, 3, 4, 5])
      #expect(file.shape(of: "b") == [2, 3])
      #expect(file.type(of: "a") == .float32)
      try SafeTensors.write(file.tensors(), metadata: file.metadata, to: path + ".copy")
      #expect([UInt8](try Data(contentsOf: URL(filePath: path + ".copy"))) == bytes)
    }
  }

  @Test func `writing into a tensor does not reach the file`() throws {
    try withFile { path in
      try SafeTensors.write(["x": Tensor([1, 2] as [Float])], to: path)
      try SafeTensors(reading: path).tensor("x").fill(with: 5)
      #expect(try SafeTensors(reading: path).tensor("x").array(Float.self) == [1, 2])
    }
  }

  @Test(arguments: [
    ("", 0, "no '{' at byte 0"),
    ("[]", 0, "no '{'"),
    ("{", 0, "no '\"'"),
    ("{}x", 0, "text after the end"),
    ("{}", 3, "3 bytes at the end belong to no tensor"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 4, "no '}'"),
    (#"{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, 4, "element type 'F31'"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "does not fill its 4 bytes"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"#, 4, "claims bytes 0..<8 of 4"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "claims bytes 4..<0"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "not two offsets"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "no whole number"),
    (#"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, "no ']'"),
    (#"{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, 4, "no whole number"),
    (
      #"{"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,4]}}"#, 4,
      "does not fill"
    ),
    (
      #"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}"#, 0,
      "does not fill"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, 4,
      "no whole number"
    ),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, "without dtype, shape or data_offsets"),
    (#"{"a":{"dtype":"F32","dtype":"F32"}}"#, 4, "the key 'dtype' twice"),
    (#"{"a":{"dtype":"F32","more":1}}"#, 4, "the unknown key 'more'"),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
        + #""b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3, "'b' overlaps another"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
        + #""b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}"#, 3, "'b' leaves a gap"
    ),
    (
      #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"#
        + #""a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#, 0, "the key 'a' twice"
    ),
    (#"{"__metadata__":{"a":"b"},"__metadata__":{}}"#, 0, "the key '__metadata__' twice"),
    (#"{"__metadata__":{"a":1}}"#, 0, "no '\"'"),
    (#"{"__metadata__":{"a":"\ud800"}}"#, 0, "half a surrogate pair"),
    (#"{"__metadata__":{"a":"\u12"}}"#, 0, "an escape without four digits"),
    (#"{"__metadata__":{"a":"\x"}}"#, 0, "an unknown escape"),
    ("{\"a\n\":1}", 0, "a control character"),
    (String(repeating: "[", count: 100_000), 0, "no '{'"),
    ("{\"a\":" + String(repeating: "{", count: 100_000), 0, "no '\"'"),
  ])
  func `a hostile header is refused with its fact`(
    header: String, data: Int, fact: String
  ) throws {
    try withFile(Self.file(header, data: data)) { path in
      let thrown = #expect(throws: Diagnostic.self) { try SafeTensors(reading: path) }
      #expect(thrown?.message.hasPrefix("'\(path)' is not a valid safetensors file: ") == true)
      #expect(thrown?.message.contains(fact) == true, "\(thrown?.message ?? "")")
    }
  }

  @Test(
    arguments: [
      [], [1, 2, 3], [255, 255, 255, 255, 255, 255, 255, 255],
      [3, 0, 0, 0, 0, 0, 0, 0, 123, 125], [0, 0, 0, 0, 0, 0, 0, 128, 123, 125],
    ] as [[UInt8]])
  func `a header that does not fit is refused`(bytes: [UInt8]) throws {
    try withFile(bytes) { path in
      #expect(throws: Diagnostic.self) { try SafeTensors(reading: path) }
    }
  }

  @Test func `a file cut anywhere or with any byte changed never does more than throw`() throws {
    let original: [UInt8] = try withFile { path in
      try SafeTensors.write(
        [
          "weight": Tensor([1, 2, 3] as [Float]), "flags": Tensor([true, false]),
          "codes": Tensor([1, -1] as [Int8]),
        ], metadata: ["a": "b"], to: path)
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
    func read(_ bytes: [UInt8]) throws {
      try withFile(bytes) { path in
        for (_, tensor) in try SafeTensors(reading: path).tensors() { _ = try tensor.bytes() }
      }
    }
    for length in original.indices {
      #expect(throws: Diagnostic.self) { try read(Array(original[..<length])) }
    }
    var stream = RandomStream(seed: 6, path: ["mutations"])
    for _ in 0..<500 {
      var changed = original
      changed[stream.bounded(changed.count)] = UInt8(stream.bounded(256))
      do { try read(changed) } catch { #expect(error is Diagnostic) }
    }
  }

  @Test func `a name that is not there gets the nearest one as a note`() throws {
    try withFile { path in
      try SafeTensors.write(["weight": Tensor([1] as [Float])], to: path)
      let file = try SafeTensors(reading: path)
      let thrown = #expect(throws: Diagnostic.self) { try file.tensor("wieght") }
      #expect(thrown?.notes.first?.message == "there is a tensor 'weight'")
    }
  }

  @Test func `unreadable and unwritable paths name the reason`() {
    let missing = #expect(throws: Diagnostic.self) { try SafeTensors(reading: "/nowhere/x") }
    #expect(missing?.message == "cannot read '/nowhere/x': no such file or directory")
    #expect(throws: Diagnostic.self) { try SafeTensors(reading: "/dev") }
    let full = #expect(throws: Diagnostic.self) {
      try SafeTensors.write(["x": Tensor.zeros([9])], to: "/dev/full")
    }
    #expect(full?.message == "cannot write '/dev/full': no space left on device")
  }
}
