import Diagnostics
import Network
import Options
import Testing
import YAML

@testable import Dataset

@Suite struct ArraySourceTests {
  private let folder: TemporaryFolder
  private let reference: Value

  init() throws {
    folder = try TemporaryFolder()
    reference = try Reference.read("arrays")
  }

  private func write(_ name: String, as other: String? = nil) throws {
    let files = try #require(reference["files"])
    _ = try folder.file(other ?? name, files.bytes(name))
  }

  private func request(
    _ patterns: [String], target: String? = "y", features: [FeatureDeclaration] = []
  ) throws -> RowRequest {
    var request = RowRequest()
    request.patterns = patterns.compactMap(PathPattern.init)
    request.targets = try target.map(column) ?? []
    if target == nil { request.task = RowRequest.Task.none }
    request.features = features
    return request
  }

  private func column(_ name: String) throws -> [Pattern] { [try #require(Pattern(name))] }

  private struct Loaded {
    var source: any RowSource
    var facts: RowFacts
    var block: Block
  }

  private func load<Kind: ArrayFiles>(
    _ kind: Kind.Type, _ request: RowRequest, layout: ImageLayout? = nil
  ) throws -> Loaded {
    var settings = ArraySettings()
    settings.layout = layout
    var source = try kind.open(settings, request, FileSearch(folder.path))
    var bad = BadRows(.error)
    let facts = try source.survey(&bad)
    try bad.throwIfErrors()
    var joined: Block?
    try source.read(&bad, where: { _ in true }) { block in
      if joined == nil { joined = block } else { joined?.append(block) }
    }
    return Loaded(source: source, facts: facts, block: try #require(joined))
  }

  @Test func `takes every array of an archive for a feature but the target`() throws {
    try write("packed.npz")
    let loaded = try load(NumpyArchives.self, request(["packed.npz"]))
    let source = loaded.source
    #expect(source.features.map(\.name) == ["x", "rows", "words"])
    #expect(source.features.map(\.kind) == [.image, .numbers, .category])
    #expect(source.features.map(\.shape) == [[1, 4, 4], [3], [1]])
    #expect(source.features[1].columns == ["rows_0", "rows_1", "rows_2"])
    #expect(source.features[2].categories == ["a", "b"])
    #expect(source.target == Target(name: "y", task: .classification, classes: ["0", "1", "2"]))
    #expect(loaded.facts.labels.map(Double.init) == reference.numbers("y"))
    let pixels = try reference.bytes("x")
    #expect(loaded.block.features["x"] == .uint8(pixels))
    let rows = reference.numbers("rows").map { Float($0) }
    #expect(loaded.block.features["rows"] == .float32(rows))
    #expect(loaded.block.features["words"] == .int32([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]))
    #expect(
      source.remarks == [
        "'x' in 'packed.npz' of the shape [10, 4, 4] is taken for pictures of one channel, 4 high and 4 "
          + "wide"
      ])
  }

  @Test func `tells splits by the names of arrays`() throws {
    try write("keras.npz")
    let loaded = try load(NumpyArchives.self, request(["keras.npz"]))
    #expect(
      loaded.facts.splits == Array(repeating: .train, count: 6) + Array(repeating: .test, count: 4))
    #expect(loaded.source.features.map(\.name) == ["x"])
    #expect(
      loaded.source.remarks.first
        == "the splits are told by the names 'x_test', 'x_train', 'y_test' and 'y_train'")
    var dealt = try request(["keras.npz"])
    dealt.isDealtOut = true
    let thrown = #expect(throws: Diagnostic.self) { try load(NumpyArchives.self, dealt) }
    #expect(thrown?.message.contains("would deal out their rows anew") == true)
  }

  @Test func `takes a folder of MNIST's files as they are called`() throws {
    for (split, ending) in [("train", ""), ("t10k", ".gz")] {
      try write("images-idx3-ubyte" + ending, as: "m/raw/\(split)-images-idx3-ubyte\(ending)")
      try write("labels-idx1-ubyte" + ending, as: "m/raw/\(split)-labels-idx1-ubyte\(ending)")
    }
    try write("images-idx3-ubyte.gz", as: "m/raw/train-images-idx3-ubyte.gz")
    var request = try request(["m"], target: nil)
    request.task = nil
    let loaded = try load(IDXFiles.self, request)
    #expect(loaded.source.features.map(\.name) == ["image"])
    #expect(loaded.source.target?.name == "label")
    #expect(loaded.facts.splits.count { $0 == .train } == 10)
    #expect(loaded.facts.splits.count { $0 == .test } == 10)
    let pixels = try reference.bytes("x")
    #expect(loaded.block.features["image"] == .uint8(pixels + pixels))
  }

  @Test func `puts the files of a folder together by their names`() throws {
    let arrays = try #require(reference["arrays"]?.array)
    func npy(_ name: String) throws -> [UInt8] {
      let written = try #require(arrays.first { $0["name"]?.string == name })
      return try written.bytes("file")
    }
    for folder in ["a", "b"] {
      _ = try self.folder.file("\(folder)/x.npy", npy("<f4"))
      _ = try self.folder.file("\(folder)/f.npy", npy("f4 in Fortran order"))
      _ = try self.folder.file("\(folder)/y.npy", npy("<i2"))
    }
    let features = [FeatureDeclaration(name: "all", columns: try column("[xf]"))]
    let loaded = try load(
      NumpyFiles.self, request(["*/*.npy"], target: nil, features: features))
    #expect(loaded.source.features.map(\.shape) == [[4]])
    let expected: [Float] = [
      0, -0.5, 0, -0.5, 1.5, 0x1p100, 1.5, 0x1p100, 0x1p-149, -3, 0x1p-149, -3,
    ]
    #expect(loaded.block.features["all"] == .float32(expected + expected))
    #expect(loaded.block.rows == [0, 1, 2, 3, 4, 5])
    #expect(loaded.facts.files == [0, 0, 0, 1, 1, 1])
  }

  @Test func `turns pictures whose channels come last`() throws {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2, 3), }\n"
    let bytes =
      NumpyHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    _ = try folder.file("x.npy", bytes)
    let loaded = try load(NumpyFiles.self, request(["x.npy"], target: nil))
    #expect(loaded.source.features.map(\.shape) == [[3, 2, 2]])
    #expect(
      loaded.block.features["x"] == .uint8([1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12]))
  }

  @Test(arguments: [
    ([3, 5, 3], nil as String?), ([3, 8, 8], "channels-first"), ([8, 8, 1], "channels-last"),
    ([12, 32, 32], "channels-first"), ([32, 32, 12], "channels-last"), ([8, 8, 8], nil),
  ])
  func `tells where the channels are by their number`(shape: [Int], layout: String?) {
    #expect(ImageLayout(shape)?.name == layout)
  }

  @Test func `names what does not fit at its place`() throws {
    try write("plain.npz")
    try write("objects.npz")
    let cases = [
      ("{npz: plain.npz, target: z}", "there is no array 'z'", 27),
      (
        "{npz: plain.npz, target: y, features: {a: q}}",
        "no array matches 'q' of the feature 'a'", 43
      ),
      (
        "{npz: objects.npz, target: y}",
        "'extra' in 'objects.npz' cannot be read: it holds Python objects", 7
      ),
    ]
    for (yaml, fact, column) in cases {
      let node = try Node(parsing: yaml, file: "p.yaml")
      var request = try request([node["npz"]?.scalar?.text ?? ""], target: nil)
      request.task = nil
      request.targets = try node["target"]?.scalar.map { try self.column($0.text) } ?? []
      if node["features"] != nil {
        request.features = [FeatureDeclaration(name: "a", columns: try self.column("q"))]
      }
      let look = NumpyArchives.look(ArraySettings(), request, FileSearch(folder.path), node)
      let problem = try #require(look.problems.first, "\(yaml)")
      #expect(problem.message.contains(fact), "\(problem.message)")
      #expect(problem.location?.column == column || problem.location?.column == column - 1)
    }
  }

  @Test func `reads new rows by the names of the arrays that trained a model`() throws {
    try write("packed.npz")
    let loaded = try load(NumpyArchives.self, request(["packed.npz"]))
    let file = SourceFile(path: folder.path + "/packed.npz", name: "packed.npz")
    let target = try #require(loaded.source.target)
    let found = try NumpyArchives.newRows(
      [file], for: loaded.source.features, target: target, loaded.source.provenance)
    let source = try #require(found)
    var rows: [NewRow] = []
    var blocks: [Block] = []
    try source.readNew { read in
      rows += read.rows
      blocks.append(read.block)
    }
    #expect(rows.map(\.truth) == loaded.facts.labels.map(Float.init))
    #expect(blocks.first?.features == loaded.block.features)
    #expect(rows.first?.label == "row 1")
  }

  @Test func `names the key of a file that is named under another`() throws {
    try write("plain.npz")
    try write("images-idx3-ubyte")
    for (name, key) in [("plain.npz", "npz"), ("images-idx3-ubyte", "idx")] {
      let file = SourceFile(path: folder.path + "/" + name, name: name)
      let problem = try #require(SourceCatalog.misplaced(file, under: "csv"))
      #expect(problem.notes.first?.message == "write '\(key): \(name)'")
      #expect(SourceCatalog.misplaced(file, under: key) == nil)
    }
  }
}
