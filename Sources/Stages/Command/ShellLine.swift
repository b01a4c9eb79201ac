internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Pipeline
internal import Processes

/// A command in a process group of its own, whose output goes to a stage's log.
///
/// The stage is over when the shell or the program is: what it left running in the background ends with
/// it, as all of it does when the worker is gone.
struct ShellLine {
  /// How long a cancelled line may take to end before it is made to.
  private static let patience = Duration.seconds(3)

  private let words: CommandWords
  private let shell: CommandShell
  private let directory: String
  private let environment: [String: String]
  private let mask: SecretMask

  /// - Parameters:
  ///   - environment: all that the command sees.
  ///   - mask: what nobody is to see of its output.
  init(
    _ words: CommandWords, for shell: CommandShell, in directory: String,
    environment: [String: String], masking mask: SecretMask = SecretMask()
  ) {
    self.words = words
    self.shell = shell
    self.directory = directory
    self.environment = environment
    self.mask = mask
  }

  /// Runs the line to its end.
  ///
  /// - Throws: a `Diagnostic` when it fails, `CancellationError` when the stage was cancelled.
  func run(_ reporter: any StageReporter) throws {
    let program = try ShellProgram(for: words, shell, environment)
    if let warning = program.warning { reporter.warn(warning) }
    let nothing = try OpenFile(reading: "/dev/null")
    let output: Descriptor
    let child: ChildProcess
    do {
      let pipe = try PipePair()
      let end = pipe.writing.number
      child = try ChildProcess(
        executable: program.executable, arguments: program.arguments,
        environment: environment, directory: directory,
        descriptors: [0: nothing.descriptor, 1: end, 2: end], leading: .group)
      output = try Descriptor(duplicating: pipe.reading.number)
    }
    var tail = LineTail(reporter, masking: mask)
    forward(output, from: child, to: &tail, reporter)
    let ending = child.waitForEnd()
    Descendants.end()
    // What was written at last, now that nobody writes any more.
    while Self.isReadable(output, within: 0), tail.read(output) {}
    tail.finish()
    if reporter.isCancelled { throw CancellationError() }
    guard ending == .exited(0) else { throw failure(ending, lastLines: tail.last) }
  }

  /// Passes output on until the shell has ended, and stops it when the stage is cancelled.
  private func forward(
    _ output: borrowing Descriptor, from child: ChildProcess, to tail: inout LineTail,
    _ reporter: any StageReporter
  ) {
    var isOpen = true
    var asked: ContinuousClock.Instant?
    var pause = 0.05
    while !child.hasEnded {
      if reporter.isCancelled {
        if asked == nil { child.signal(SIGTERM, group: true) }
        asked = asked ?? .now
        if let asked, .now - asked > Self.patience { child.signal(SIGKILL, group: true) }
      }
      if isOpen {
        // The pipe closes a moment before the shell has ended, or long before where it redirects.
        if Self.isReadable(output, within: 100) { isOpen = tail.read(output) }
      } else {
        pause = min(pause * 2, 50)
        usleep(UInt32(pause * 1000))
      }
    }
  }

  private static func isReadable(_ output: borrowing Descriptor, within milliseconds: Int32) -> Bool
  {
    var waited = pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&waited, 1, milliseconds) > 0
  }

  private func failure(_ ending: ChildProcess.Ending, lastLines: [String]) -> Diagnostic {
    let fact =
      switch ending {
      case .exited(let status): "the command ended with status \(status)"
      case .signalled(let signal): "the command was killed by signal \(signal)"
      }
    return Diagnostic(
      fact, remedy: "try it by hand in '\(directory)': \(words.line)",
      notes: [
        lastLines.isEmpty
          ? Note("it wrote nothing")
          : Note("it wrote at last:\n" + lastLines.joined(separator: "\n"))
      ] + hints(about: ending))
  }

  /// What a shell's status may mean that is no program's own.
  private func hints(about ending: ChildProcess.Ending) -> [Note] {
    guard case .shell(let line) = words, case .exited(let status) = ending else { return [] }
    let text = ShellText(line)
    var hints: [Note] = []
    if status == 128 + SIGPIPE, text.hasPipe {
      hints.append(
        Note(
          "a command before a '|' was ended because the one behind it stopped reading, as 'head' does; "
            + "write 'set +o pipefail' before it where that is fine"))
    } else if status > 128, let name = unsafe strsignal(status - 128) {
      hints.append(
        Note(
          "a shell says so of a program that signal \(status - 128) ended: \(unsafe String(cString: name))"
        ))
    }
    if text.hasSeveralCommands || text.hasPipe {
      hints.append(
        Note("the line ends at its first command that fails; write '|| true' behind one that may"))
    }
    return hints
  }
}
