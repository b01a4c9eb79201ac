internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Glibc
internal import LanguageServer
internal import Processes
internal import Stages

/// `anneal lsp`: tells an editor what is wrong with pipelines while they are written, and more.
struct LspCommand: Command {
  static let name = "lsp"
  static let summary = "Serves an editor that speaks the Language Server Protocol."
  static let discussion =
    "Editors start it themselves; docs/editors.md says how. Messages go over standard input and output."

  static var parameters: [Parameter<Self>] { [Parameter<Self>]() }

  func run(_ console: Console) throws -> ExitCode {
    // An editor that is gone shows by the end of what it sends.
    signal(SIGPIPE) { _ in }
    let output = try Descriptor(duplicating: STDOUT_FILENO)
    let server = Server(Self.surroundings) { _ = output.writeAll($0) }
    let status = server.run {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = Self.read(into: &buffer)
      return Array(buffer.prefix(count))
    }
    return ExitCode(rawValue: status) ?? .failed
  }

  private static var surroundings: Surroundings {
    var surroundings = Surroundings(
      version: Version.current, catalog: .standard,
      environment: ProcessInfo.processInfo.environment)
    surroundings.metricLines = { MetricsText.lines($0) }
    surroundings.columns = { settings, directory in
      try? ColumnsCommand.ask(settings, in: directory)
    }
    return surroundings
  }

  /// Waits for bytes and returns how many came, none at the end.
  private static func read(into buffer: inout [UInt8]) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(STDIN_FILENO, bytes.baseAddress, bytes.count)
      }
      if count >= 0 || errno != EINTR { return max(0, count) }
    }
  }
}
