import Foundation
import Testing

/// The program on a terminal of its own.
final class ProgramTerminal {
  private let process = Process()
  private let terminal: Int32
  private(set) var screen: TerminalScreen

  /// A program that draws twice a second has said what it has to say long before.
  private static let mostReads = 60

  init(
    _ program: Program, columns: Int, environment: [String: String] = [:], _ words: [String]
  ) throws {
    screen = TerminalScreen(columns: columns)
    var (near, far): (Int32, Int32) = (-1, -1)
    let isOpen = unsafe openpty(&near, &far, nil, nil, nil) == 0
    terminal = near
    try #require(isOpen)
    // The program must not have the near end, or reading from it would never end.
    _ = fcntl(near, F_SETFD, FD_CLOEXEC)
    _ = fcntl(far, F_SETFD, FD_CLOEXEC)
    defer { close(far) }
    resize(to: columns)
    process.executableURL = URL(filePath: Program.path)
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: program.folder)
    var surroundings = ProcessInfo.processInfo.environment
    surroundings["TERM"] = "xterm-256color"
    surroundings["NO_COLOR"] = nil
    process.environment = surroundings.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: far)
    process.standardError = FileHandle(fileDescriptor: far)
    try process.run()
  }

  deinit { close(terminal) }

  /// Gives the window another width; the program hears of it as it would from a terminal.
  func resize(to columns: Int) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size)
    screen.resize(to: columns)
    if process.isRunning { kill(process.processIdentifier, SIGWINCH) }
  }

  /// What Ctrl-C does: the terminal echoes it, and the program gets the signal.
  func interrupt() {
    screen.feed("^C")
    kill(process.processIdentifier, SIGINT)
  }

  /// Reads until the screen shows something.
  func wait(for isShown: (TerminalScreen) -> Bool) throws {
    var reads = 0
    while !isShown(screen) {
      reads += 1
      try #require(reads < Self.mostReads && read(), "it never came; there is\n\(screen.text)")
    }
  }

  /// Reads to the end, and returns the exit status.
  func end() -> Int32 {
    while read() {}
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Reads what there is; false at the end.
  private func read() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = unsafe Glibc.read(terminal, &bytes, bytes.count)
    guard count > 0 else { return false }
    screen.feed(decoded(bytes[..<count]))
    return true
  }

  /// Bytes of a character whose others have not come yet.
  private var rest: [UInt8] = []

  private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    rest += bytes
    var whole = rest.count
    while whole > 0, rest.count - whole < 4,
      String(validating: rest[..<whole], as: UTF8.self) == nil
    { whole -= 1 }
    let text = String(decoding: rest[..<whole], as: UTF8.self)
    rest = Array(rest[whole...])
    return text
  }
}
