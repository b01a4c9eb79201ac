import Processes
import Foundation
import Network
import Tensor
import Testing

@testable import Dataset

@Suite struct PyArrowTests {
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
            print(field.name, field.type, field.nullable)
        image = table.column("image").combine_chunks()
        print(image.to_numpy_ndarray().shape, image.to_numpy_ndarray().sum())
        print(table.column("row").to_pylist(), table.column("target").to_pylist())
    """

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `pyarrow opens a shard as it is, tensors included`() throws {
    let folder = try TemporaryFolder()
    let features = [
      Feature(name: "image", kind: .image, shape: [3, 2, 2], type: .uint8),
      Feature(name: "numbers", kind: .numbers, shape: [2], type: .float32),
    ]
    let target = Target(name: "kind", task: .regression)
    var writer = try DatasetWriter(directory: folder.path, features: features, target: target)
    let block = Block(
      rows: [4, 9],
      features: ["image": .uint8((0..<24).map { $0 }), "numbers": .float32([1, 2, 3, 4])],
      target: .float32([0.5, -2]))
    try writer.append(block, to: .train)
    _ = try writer.finish()

    let finished = try FinishedProgram(
      running: Self.python, ["-c", Self.script, folder.path + "/train-00000.arrow"],
      environment: ProcessInfo.processInfo.environment)
    let lines = String(decoding: finished.output, as: UTF8.self).split(separator: "\n").map(
      String.init)
    #expect(finished.ending == .exited(0))
    #expect(
      lines == [
        "row int64 False",
        "image extension<arrow.fixed_shape_tensor[value_type=uint8, shape=[3,2,2]]> False",
        "numbers extension<arrow.fixed_shape_tensor[value_type=float, shape=[2]]> False",
        "target float False", "(2, 3, 2, 2) 276", "[4, 9] [0.5, -2.0]",
      ])
  }
}
