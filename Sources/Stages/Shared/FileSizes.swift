internal import Artifacts
internal import Diagnostics
internal import Processes
internal import YAML

/// How many bytes a file has, as it is and compressed by gzip.
struct FileSizes {
  let bytes: Int
  let compressed: Int

  init(of path: String) throws(Diagnostic) {
    guard let status = try FileStatus(of: path) else {
      throw Diagnostic("there is no file '\(path)' to measure")
    }
    bytes = status.size
    let packed: FinishedProgram
    do {
      packed = try FinishedProgram(
        running: "/bin/gzip", ["--stdout", "--best", "--no-name", "--", path], environment: [:],
        keeping: 0)
    } catch {
      throw Diagnostic(
        "the size of '\(path)' cannot be measured: \(error.message)", remedy: "install gzip")
    }
    guard packed.ending == .exited(0) else {
      throw Diagnostic("gzip failed on '\(path)': \(packed.ending)")
    }
    compressed = packed.outputCount
  }

  var value: Value { ["bytes": .int(bytes), "gzipped": .int(compressed)] }
}
