import Foundation
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
    let pipe = Pipe()
    let process = try start(words, reading: pipe)
    try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try pipe.fileHandleForWriting.close()
    return try end(process)
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
    try wait(for: text, said: Data(), by: process)
    try action()
    return try end(process)
  }

  /// - Returns: what it has said so far.
  @discardableResult
  private func wait(for text: String, said: Data, by process: Started) throws -> Data {
    var said = said
    while !String(decoding: said, as: UTF8.self).contains(text) {
      let more = process.errors.availableData
      try #require(!more.isEmpty, "it never said '\(text)'")
      said += more
    }
    return said
  }

  /// Starts the program and sends it each signal once it has said the text before it.
  func run(_ words: [String], sending signals: [(text: String, signal: Int32)]) throws -> Ending {
    let process = try start(words)
    var said = Data()
    for (text, signal) in signals {
      said = try wait(for: text, said: said, by: process)
      kill(process.process.processIdentifier, signal)
    }
    return try end(process)
  }

  private struct Started {
    let process: Process
    let output: String
    let errors: FileHandle
  }

  private func start(_ words: [String], reading input: Pipe? = nil) throws -> Started {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = URL(filePath: folder)
    if let input {
      process.standardInput = input
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    // A file, because a full pipe that nobody reads would stop the program.
    let output = folder + "/output-\(UUID())"
    try Data().write(to: URL(filePath: output))
    process.standardOutput = FileHandle(forWritingAtPath: output)
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    return Started(process: process, output: output, errors: errors.fileHandleForReading)
  }

  private func end(_ started: Started) throws -> Ending {
    let errors = try started.errors.readToEnd() ?? Data()
    started.process.waitUntilExit()
    let output = FileManager.default.contents(atPath: started.output) ?? Data()
    return Ending(
      status: started.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: String(decoding: errors, as: UTF8.self))
  }
}
