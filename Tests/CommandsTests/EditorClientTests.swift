import Processes
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
    let finished = try FinishedProgram(
      running: python,
      [
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", program.folder + "/pytest",
        repository.appending(path: "Tests/References/language_server.py").path,
      ],
      environment: ProcessInfo.processInfo.environment.merging([
        "ANNEAL": Program.path, "PYTHONDONTWRITEBYTECODE": "1",
      ]) { _, own in own },
      in: program.folder)
    let said = String(decoding: finished.output + finished.errors, as: UTF8.self)
    #expect(finished.ending == .exited(0), "\(said)")
    #expect(said.contains("14 passed, 1 skipped"), "\(said)")
  }
}
