import Foundation
import Processes
import Testing

/// The program on a terminal of its own.
final class ProgramTerminal {
  private let child: ChildProcess
  private let terminal: Descriptor
  private(set) var screen: TerminalScreen

  /// A program that draws twice a second has said what it has to say long before, on a busy machine too.
  private static let mostReads = 1000

  init(
    _ program: Program, columns: Int, environment: [String: String] = [:], _ words: [String]
  ) throws {
    screen = TerminalScreen(columns: columns)
    var ends: (near: Int32, far: Int32) = (-1, -1)
    let isOpen = unsafe openpty(&ends.near, &ends.far, nil, nil, nil) == 0
    terminal = Descriptor(owning: ends.near)
    let far = Descriptor(owning: ends.far)
    try #require(isOpen)
    let nothing = Descriptor(owning: unsafe open("/dev/null", O_RDONLY | O_CLOEXEC))
    Self.set(terminal, columns)
    var surroundings = ProcessInfo.processInfo.environment
    surroundings["TERM"] = "xterm-256color"
    surroundings["NO_COLOR"] = nil
    child = try ChildProcess(
      executable: Program.path, arguments: words,
      environment: surroundings.merging(environment) { $1 }, directory: program.folder,
      descriptors: [0: nothing.number, 1: far.number, 2: far.number], leading: .group)
  }

  /// Gives the window another width; the program hears of it as it would from a terminal.
  func resize(to columns: Int) {
    Self.set(terminal, columns)
    screen.resize(to: columns)
    child.signal(SIGWINCH)
  }

  private static func set(_ terminal: borrowing Descriptor, _ columns: Int) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(terminal.number, UInt(TIOCSWINSZ), &size)
  }

  /// What Ctrl-C does: the terminal echoes it, and the program gets the signal.
  func interrupt() {
    screen.feed("^C")
    child.signal(SIGINT)
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
    return child.waitForEnd().status
  }

  /// Reads what there is; false at the end.
  private func read() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = unsafe Glibc.read(terminal.number, &bytes, bytes.count)
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
