import Processes
import Foundation
import Network
import Tensor
import Testing

@testable import Dataset

@Suite struct PyArrowTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Not standardised: a virtual environment is known by the link that its Python is.
  private static let python =
    URL(filePath: #filePath).deletingLastPathComponent().path + "/../../.deps/python/bin/python"

  /// Says what Arrow's own Python sees in the shard that is its argument.
  private static let script = """
    import sys, pyarrow as pa
    with pa.memory_map(sys.argv[1]) as source:
        table = pa.ipc.open_file(source).read_all()
        table.validate(full=True)
        for field in table.schema:
            print(field.name, field.type, field.nullable, field.metadata or "")
        print(table.schema.metadata)
        image = table.column("image").combine_chunks()
        print(image.to_numpy_ndarray().shape, image.to_numpy_ndarray().sum())
        for name in ("row", "colour", "age", "target"):
            print(table.column(name).to_pylist())
    """

  /// Says what pandas makes of it.
  private static let frames = """
    import sys, pandas
    frame = pandas.read_feather(sys.argv[1])
    for name in ("colour", "age", "target"):
        print(frame[name].dtype, frame[name].isna().tolist())
    print(frame.target.tolist(), frame.colour.cat.categories.tolist())
    """

  private func shard() throws -> String {
    let features = [
      Feature(name: "image", kind: .image, shape: [3, 2, 2], type: .uint8),
      Feature(name: "numbers", kind: .numbers, shape: [2], type: .float32, columns: ["a", "b"]),
      Feature(name: "age", kind: .numbers, shape: [1], type: .float32, columns: ["age"]),
      Feature(
        name: "colour", kind: .category, shape: [1], type: .int32, columns: ["colour"],
        categories: ["blue", "rød"]),
    ]
    let target = Target(name: "kind", task: .classification, classes: ["setosa", "other"])
    var writer = try DatasetWriter(directory: folder.path, features: features, target: target)
    let block = Block(
      rows: [4, 9],
      features: [
        "image": .uint8((0..<24).map { $0 }), "numbers": .float32([1, 2, 3, 4]),
        "age": .float32([.nan, 0.5]), "colour": .int32([1, -1]),
      ],
      target: .int64([1, 0]))
    try writer.append(block, to: .train)
    _ = try writer.finish()
    return folder.path + "/train-00000.arrow"
  }

  private func lines(of script: String) throws -> [String] {
    let finished = try FinishedProgram(
      running: Self.python, ["-c", script, try shard()],
      environment: ProcessInfo.processInfo.environment)
    #expect(finished.ending == .exited(0))
    return String(decoding: finished.output, as: UTF8.self).split(separator: "\n").map(
      String.init)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `pyarrow opens a shard as it is, tensors and texts included`() throws {
    #expect(
      try lines(of: Self.script) == [
        "row int64 False ",
        "image extension<arrow.fixed_shape_tensor[value_type=uint8, shape=[3,2,2]]> False ",
        "numbers fixed_size_list<item: float not null>[2] False "
          + "{b'anneal:columns': b'[\"a\",\"b\"]'}",
        "age float True ",
        "colour dictionary<values=string, indices=int32, ordered=0> True ",
        "target dictionary<values=string, indices=int64, ordered=0> False ",
        "{b'anneal:description': b'dataset.json'}", "(2, 3, 2, 2) 276", "[4, 9]",
        "['rød', None]", "[None, 0.5]", "['other', 'setosa']",
      ])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `pandas reads categories, classes and numbers, and what is missing`() throws {
    #expect(
      try lines(of: Self.frames) == [
        "category [False, True]", "float32 [True, False]", "category [False, False]",
        "['other', 'setosa'] ['blue', 'rød']",
      ])
  }
}
