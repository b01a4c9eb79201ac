import Artifacts
import Foundation
import Processes
import Testing
import YAML

/// The built executable, run on pipelines in a folder of its own that is removed at the end.
final class Program: Sendable {
  let folder: String

  /// Variables that it sees beside those of the tests.
  private let environment: [String: String]

  struct Ending {
    let status: Int32
    let output: String
    let errors: String
  }

  init(environment: [String: String] = [:]) throws {
    self.environment = environment
    folder = FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Where the tests lie, the executable lies too.
  static let path: String = {
    let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") }
    let built = bundle.map { URL(filePath: $0) } ?? tests
    return built.deletingLastPathComponent().appending(path: "anneal").path
  }()

  func write(_ text: String, to name: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder + "/" + name.split(separator: "/").dropLast().joined(separator: "/"),
      withIntermediateDirectories: true)
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  /// Writes a PNG file of 8 by 8 pixels of one grey.
  func writeImage(to name: String, grey: UInt8) throws {
    try write("", to: name)
    try Data(PNGFile(side: 8, grey: grey).bytes).write(to: URL(filePath: folder + "/" + name))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: folder + "/" + name)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + name)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
  }

  /// Every file and folder with its size and the time of its last change, but for what the program
  /// printed.
  func listing() throws -> [String] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return try paths.filter { !$0.hasPrefix("output-") }.sorted().map { path in
      let facts = try FileManager.default.attributesOfItem(atPath: folder + "/" + path)
      let time = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      return "\(path) \(facts[.size] ?? 0) \(time)"
    }
  }

  /// Runs the program to its end.
  func run(_ words: String...) throws -> Ending { try run(words) }

  func run(_ words: [String]) throws -> Ending {
    let process = try start(words)
    return try end(process)
  }

  /// Runs the program with a text on its standard input.
  func run(_ words: [String], input: String) throws -> Ending {
    let process: Started
    do {
      // Closed here, so that reading it ends.
      let pipe = try PipePair()
      process = try start(words, reading: pipe.reading.number)
      let isRead = pipe.writing.writeAll(Array(input.utf8))
      try #require(isRead)
    }
    return try end(process)
  }

  /// Runs a line in the folder, for which `$ANNEAL` is the program.
  func shell(_ line: String, in shell: String = "/bin/sh") throws -> Ending {
    Ending(
      try FinishedProgram(
        running: shell, ["-c", line], environment: Self.environment(["ANNEAL": Self.path]),
        in: folder))
  }

  /// What the program prints, read as JSON.
  func json(_ words: [String]) throws -> Value {
    try Value(parsingJSON: try run(words).output)
  }

  /// Starts the program and sends it a signal once it has said a text.
  func run(_ words: String..., until text: String, thenSend signal: Int32) throws -> Ending {
    try run(words, sending: [(text, signal)])
  }

  /// Starts the program and does something once it has said a text.
  func run(
    _ words: String..., until text: String, then action: () throws -> Void
  ) throws -> Ending {
    let process = try start(words)
    try process.wait(for: text)
    try action()
    return try end(process)
  }

  /// Starts the program and sends it each signal once it has said the text before it.
  func run(_ words: [String], sending signals: [(text: String, signal: Int32)]) throws -> Ending {
    let process = try start(words)
    for (text, signal) in signals {
      try process.wait(for: text)
      process.child.signal(signal)
    }
    return try end(process)
  }

  /// The surroundings of the tests, with changes.
  static func environment(_ changes: [String: String]) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(changes) { $1 }
  }

  /// The program while it runs.
  private final class Started {
    let child: ChildProcess
    let output: String
    private let errors: Descriptor

    /// What it has said so far.
    private(set) var said: [UInt8] = []

    init(
      _ words: [String], in folder: String, environment: [String: String], reading input: Int32
    ) throws {
      // A file, because a full pipe that nobody reads would stop the program.
      output = folder + "/output-\(UUID())"
      let file = try OpenFile(creating: output)
      let pipe = try PipePair()
      child = try ChildProcess(
        executable: Program.path, arguments: words, environment: Program.environment(environment),
        directory: folder,
        descriptors: [0: input, 1: file.descriptor, 2: pipe.writing.number], leading: .group)
      errors = try Descriptor(duplicating: pipe.reading.number)
    }

    /// Reads until it has said a text.
    func wait(for text: String) throws {
      while !String(decoding: said, as: UTF8.self).contains(text) {
        guard read() else {
          // One that nobody reaps would have tests in processes of their own wait without end.
          let ending = child.waitForEnd()
          Issue.record(
            "it never said '\(text)', but '\(String(decoding: said, as: UTF8.self))'; \(ending)")
          throw NeverSaid()
        }
      }
    }

    struct NeverSaid: Error {}

    /// Reads what it says; false at the end.
    func read() -> Bool {
      var chunk = [UInt8](repeating: 0, count: 1 << 14)
      var count = 0
      repeat {
        count = unsafe Glibc.read(errors.number, &chunk, chunk.count)
      } while count < 0 && errno == EINTR
      said += chunk[..<max(0, count)]
      return count > 0
    }
  }

  private func start(_ words: [String], reading input: Int32? = nil) throws -> Started {
    let nothing = try OpenFile(reading: "/dev/null")
    return try Started(
      words, in: folder, environment: environment, reading: input ?? nothing.descriptor)
  }

  private func end(_ started: Started) throws -> Ending {
    while started.read() {}
    let status = started.child.waitForEnd().status
    let output = FileManager.default.contents(atPath: started.output) ?? Data()
    return Ending(
      status: status, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: started.said, as: UTF8.self))
  }
}

extension Program.Ending {
  init(_ finished: FinishedProgram) {
    self.init(
      status: finished.ending.status, output: String(decoding: finished.output, as: UTF8.self),
      errors: String(decoding: finished.errors, as: UTF8.self))
  }
}

extension ChildProcess.Ending {
  /// The exit status, or the signal that ended it.
  var status: Int32 {
    switch self {
    case .exited(let status): status
    case .signalled(let signal): signal
    }
  }
}
