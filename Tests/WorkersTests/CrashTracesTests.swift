import Foundation
import Testing

@testable import Workers

struct CrashTracesTests {
  @Test func `the program beside the first compiler in the search path draws them`() throws {
    let home = try WorkersFolder()
    let folder = home.path
    let program = "/usr/libexec/swift/linux/swift-backtrace-static"
    try makeExecutable("\(folder)/usr/bin/swift")
    try makeExecutable(folder + program)
    try FileManager.default.createDirectory(
      atPath: "\(folder)/links", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/links/swift", withDestinationPath: "../usr/bin/swift")
    let searchPath = "/nowhere:\(folder)/links:/usr/bin"
    let real = try #require(CrashTraces.backtracer(searchPath))
    #expect(real.hasSuffix(program))
    let environment = CrashTraces.added(to: ["PATH": searchPath, "A": "1"])
    #expect(
      environment["SWIFT_BACKTRACE"]?.hasSuffix("interactive=no,swift-backtrace=\(real)") == true)
    #expect(environment["A"] == "1")
  }

  @Test func `a machine without a compiler has none, and none is named`() {
    #expect(CrashTraces.backtracer("") == nil)
    #expect(
      CrashTraces.added(to: [:]) == [
        "SWIFT_BACKTRACE": "threads=crashed,registers=none,images=none,color=no,interactive=no"
      ])
  }

  @Test func `what the user asks for stays`() {
    #expect(
      CrashTraces.added(to: ["SWIFT_BACKTRACE": "enable=no"]) == ["SWIFT_BACKTRACE": "enable=no"])
  }

  private func makeExecutable(_ path: String) throws {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try #require(
      FileManager.default.createFile(
        atPath: path, contents: Data(), attributes: [.posixPermissions: 0o755]))
  }
}
