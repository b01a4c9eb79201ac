internal import Diagnostics
internal import Foundation
internal import YAML

/// How many bytes a file has, as it is and compressed by gzip.
struct FileSizes {
  let bytes: Int
  let compressed: Int

  init(of path: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["--stdout", "--best", "--no-name", path]
    let output = Pipe()
    process.standardOutput = output
    do {
      bytes = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped).count
      try process.run()
    } catch {
      throw Diagnostic(
        "the size of '\(path)' cannot be measured: \(error.localizedDescription)",
        remedy: "install gzip")
    }
    var count = 0
    while case let part = output.fileHandleForReading.availableData, !part.isEmpty {
      count += part.count
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Diagnostic("gzip failed on '\(path)' with status \(process.terminationStatus)")
    }
    compressed = count
  }

  var value: Value { ["bytes": .int(bytes), "gzipped": .int(compressed)] }
}
