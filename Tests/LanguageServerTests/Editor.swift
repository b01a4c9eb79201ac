import Dispatch
import Foundation
import Pipeline
import Stages
import Synchronization
import Testing
import YAML

@testable import LanguageServer

/// A client in memory that talks JSON-RPC to a server of its own, in a folder that is removed at the end.
final class Editor {
  let folder: String
  private let sent = ByteChannel()
  private let received = ByteChannel()
  private let ending = Ending()
  private var frames = FrameReader()
  private var requests = 0

  /// What the server said beside answers, in order.
  private(set) var notifications: [Value] = []

  /// What the server asked for.
  private(set) var serverRequests: [Value] = []

  /// - Parameters:
  ///   - folder: one that is there already, and stays.
  ///   - capabilities: what the client can do; `nil` to leave `initialize` to the test.
  ///   - change: what to change of what the server is given.
  init(
    in existing: String? = nil, capabilities: Value? = Editor.able, options: Value = [:],
    change: (inout Surroundings) -> Void = { _ in }
  ) throws {
    folder = existing ?? FileManager.default.temporaryDirectory.path + "/editor-\(UUID())"
    isOwner = existing == nil
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var surroundings = Surroundings(
      version: "test", catalog: .standard, environment: ["EDITOR_TEST": "7"])
    surroundings.pause = 0
    // Answers come from the newest text, however busy the machine is.
    surroundings.patience = 60_000
    surroundings.deadline = 60_000
    change(&surroundings)
    let (given, sent, received, ending) = (surroundings, sent, received, ending)
    let thread = Thread {
      let server = Server(given) { received.write($0) }
      ending.come(server.run { sent.read(giveUp: .distantFuture) })
      received.close()
    }
    thread.stackSize = 8 << 20
    thread.start()
    if let capabilities { try initialize(capabilities, options: options) }
  }

  private let isOwner: Bool

  deinit {
    sent.close()
    _ = ending.wait()
    if isOwner { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// The capabilities of a client that can do everything.
  static let able: Value = [
    "general": ["positionEncodings": ["utf-16"]],
    "workspace": [
      "codeLens": ["refreshSupport": true], "inlayHint": ["refreshSupport": true],
      "workspaceEdit": ["documentChanges": true],
    ],
    "textDocument": [
      "publishDiagnostics": ["relatedInformation": true],
      "hover": ["contentFormat": ["markdown", "plaintext"]],
      "completion": ["completionItem": ["documentationFormat": ["markdown"]]],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "codeLens": [:], "inlayHint": [:],
    ],
  ]

  @discardableResult
  func initialize(_ capabilities: Value, options: Value = [:]) throws -> Value {
    let answer = try request(
      "initialize",
      [
        "processId": .null, "rootUri": .string("file://" + folder), "capabilities": capabilities,
        "initializationOptions": options,
      ])
    notify("initialized", [:])
    return answer
  }

  // MARK: Messages

  /// Sends bytes as they are.
  func send(_ bytes: some Sequence<UInt8>) { sent.write(Array(bytes)) }

  func send(_ message: Value) {
    var message = message
    message["jsonrpc"] = "2.0"
    send(Outlet.frame(message))
  }

  func notify(_ method: String, _ parameters: Value) {
    send(["method": .string(method), "params": parameters])
  }

  /// Sends a request without waiting for its answer.
  @discardableResult
  func begin(_ method: String, _ parameters: Value) -> Int {
    requests += 1
    send(["id": .int(requests), "method": .string(method), "params": parameters])
    return requests
  }

  /// The whole answer to a request.
  func answer(to id: Value) throws -> Value {
    while true {
      let message = try next()
      if message["method"] == nil, message["id"] == id { return message }
    }
  }

  /// The result of a request.
  func request(_ method: String, _ parameters: Value) throws -> Value {
    let answer = try answer(to: .int(begin(method, parameters)))
    return try #require(answer["result"], "\(answer)")
  }

  /// The next message; those that are no answers are kept too.
  func next() throws -> Value {
    while true {
      if case .content(let bytes) = frames.next() {
        let message = try Value(parsingJSON: bytes)
        if message["method"] != nil {
          if message["id"] == nil {
            notifications.append(message)
          } else {
            serverRequests.append(message)
          }
        }
        return message
      }
      let bytes = received.read(giveUp: .now() + 120)
      try #require(!bytes.isEmpty, "the server has ended")
      frames.append(bytes)
    }
  }

  /// Ends what is sent, and returns the status of the server's ending.
  func end() -> Int32? {
    sent.close()
    return ending.wait()
  }

  // MARK: Documents

  func uri(_ name: String) -> String { "file://" + folder + "/" + name }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  private var versions: [String: Int] = [:]
  private var texts: [String: String] = [:]

  func open(_ text: String, as name: String = "p.yaml") {
    let version = versions[name, default: 0] + 1
    versions[name] = version
    texts[name] = text
    notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri(name)), "languageId": "yaml", "version": .int(version),
          "text": .string(text),
        ]
      ])
  }

  func change(_ text: String, of name: String = "p.yaml") {
    let version = versions[name, default: 0] + 1
    versions[name] = version
    texts[name] = text
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri(name)), "version": .int(version)],
        "contentChanges": [["text": .string(text)]],
      ])
  }

  func close(_ name: String = "p.yaml") {
    notify("textDocument/didClose", ["textDocument": ["uri": .string(uri(name))]])
  }

  /// The diagnostics of a document's present text, waited for.
  func diagnostics(of name: String = "p.yaml") throws -> [Value] {
    let version = versions[name].map { Value.int($0) }
    while true {
      let found = notifications.last {
        $0["method"] == "textDocument/publishDiagnostics"
          && $0["params"]?["uri"]?.string == uri(name)
          && (version == nil || $0["params"]?["version"] == version)
      }
      if let found { return found["params"]?["diagnostics"]?.array ?? [] }
      _ = try next()
    }
  }

  /// Asks about the place of the `¦` in a text, which it is opened without.
  func ask(
    _ method: String, at marked: String, in name: String = "p.yaml", with further: Value = [:]
  ) throws -> Value {
    let (text, position) = Self.taking(marked)
    if versions[name] == nil { open(text, as: name) } else { change(text, of: name) }
    return try request(method, parameters(name, position).merging(further))
  }

  func parameters(_ name: String, _ position: Value) -> Value {
    ["textDocument": ["uri": .string(uri(name))], "position": position]
  }

  /// A text without its `¦`, and the place of that in UTF-16.
  static func taking(_ marked: String) -> (text: String, position: Value) {
    let parts = marked.components(separatedBy: "¦")
    let lines = parts[0].components(separatedBy: "\n")
    let position: Value = [
      "line": .int(lines.count - 1), "character": .int((lines.last ?? "").utf16.count),
    ]
    return (parts.joined(), position)
  }

  /// A document with a mark before a text, the first one behind another.
  static func marking(_ text: String, after before: String, in whole: String) throws -> String {
    let start = try #require(whole.range(of: before)?.upperBound)
    let place = try #require(whole.range(of: text, range: start..<whole.endIndex)?.lowerBound)
    return whole[..<place] + "¦" + whole[place...]
  }

  /// What the ranges in a list of locations cover, each with its file and line: `p.yaml:3 teacher`.
  func words(_ locations: Value) throws -> [String] {
    try (locations.array ?? []).map { location in
      let uri = try #require(location["uri"]?.string)
      return try word(location["range"], in: String(uri.split(separator: "/").last ?? ""))
    }
  }

  func word(_ range: Value?, in name: String) throws -> String {
    let text = try texts[name] ?? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    let lines = text.components(separatedBy: "\n")
    let line = try #require(range?["start"]?["line"]?.int)
    let start = try #require(range?["start"]?["character"]?.int)
    let end = try #require(range?["end"]?["character"]?.int)
    let units = Array(lines[line].utf16)[start..<end]
    return "\(name):\(line + 1) \(String(decoding: units, as: UTF16.self))"
  }

  /// A document's text after edits of the server's.
  func text(of name: String, after edit: Value) throws -> String {
    let edits = (edit["documentChanges"]?.array ?? []).filter {
      $0["textDocument"]?["uri"]?.string == uri(name)
    }.flatMap { $0["edits"]?.array ?? [] }
    let text = try texts[name] ?? String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    var document = DocumentText(text, encoding: .utf16)
    let sorted = try edits.map { (try TextRange($0["range"]), $0["newText"]?.string ?? "") }
      .sorted { $0.0.start > $1.0.start }
    for (range, new) in sorted {
      var bytes = document.bytes
      bytes.replaceSubrange(
        document.offset(of: range.start)..<document.offset(of: range.end), with: new.utf8)
      document = DocumentText(bytes, encoding: .utf16)
    }
    return document.string
  }
}

/// The end of a server, with its status.
private final class Ending: Sendable {
  private let status = Mutex<Int32?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  func come(_ status: Int32) {
    self.status.withLock { $0 = status }
    ended.signal()
  }

  func wait() -> Int32? {
    ended.wait()
    defer { ended.signal() }
    return status.withLock { $0 }
  }
}

/// Bytes on their way from one thread to another.
private final class ByteChannel: Sendable {
  private let state = Mutex((bytes: [UInt8](), isClosed: false))
  private let changed = DispatchSemaphore(value: 0)

  func write(_ bytes: [UInt8]) {
    state.withLock { $0.bytes += bytes }
    changed.signal()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    changed.signal()
  }

  /// Waits for bytes; none are the end.
  ///
  /// - Parameter time: When the other side is taken to hang. A client may be silent for as long as its test
  ///   waits for its turn.
  func read(giveUp time: DispatchTime) -> [UInt8] {
    while true {
      let (bytes, isClosed) = state.withLock { state in
        defer { state.bytes = [] }
        return (state.bytes, state.isClosed)
      }
      if !bytes.isEmpty || isClosed { return bytes }
      guard changed.wait(timeout: time) == .success else { return [] }
    }
  }
}
