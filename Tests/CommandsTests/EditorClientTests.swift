import Foundation
import Testing

private let repository = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
private let python = repository.appending(path: ".deps/python/bin/python").path

@Suite struct `An editor's client of others` {
  /// What the client checks stands in `Tests/References/language_server.py`.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: python)))
  func `understands the language server`() throws {
    let program = try Program()
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [
      "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", program.folder + "/pytest",
      repository.appending(path: "Tests/References/language_server.py").path,
    ]
    process.currentDirectoryURL = URL(filePath: program.folder)
    process.environment = ProcessInfo.processInfo.environment.merging([
      "ANNEAL": Program.path, "PYTHONDONTWRITEBYTECODE": "1",
    ]) { _, own in own }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
    #expect(said.contains("14 passed, 1 skipped"), "\(said)")
  }
}
