import Artifacts
import Foundation
import Processes
import Testing
import YAML

/// The programs that runs are tracked by, in an environment of their own.
enum Trackers {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardized

  static let python = root.appending(path: ".deps/tracking/bin/python").path

  static var areThere: Bool {
    FileManager.default.isExecutableFile(atPath: python)
      && FileManager.default.isExecutableFile(atPath: Program.path)
  }

  /// What TensorBoard reads of a folder, by folder below it.
  static func events(in folder: String) throws -> Value {
    let script = root.appending(path: "Tests/References/read_events.py").path
    let ending = try FinishedProgram(
      running: python, [script, folder], environment: Program.environment([:]), in: folder)
    return try Value(parsingJSON: String(decoding: ending.output, as: UTF8.self))
  }
}

/// A real MLflow server on this machine, for as long as the object lives.
final class MLflowService {
  let folder: String
  let uri: String
  private let child: ChildProcess

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "anneal-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    // A port that was free a moment ago.
    let probe = try FinishedProgram(
      running: Trackers.python,
      [
        "-c",
        "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
      ],
      environment: Program.environment([:]), in: folder)
    let port = String(decoding: probe.output, as: UTF8.self).filter(\.isNumber)
    uri = "http://127.0.0.1:\(port)"
    let nothing = try OpenFile(reading: "/dev/null")
    let log = try OpenFile(creating: folder + "/log")
    child = try ChildProcess(
      executable: Trackers.python,
      arguments: [
        "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", port, "--workers", "1",
        "--backend-store-uri", "sqlite:///\(folder)/runs.db", "--artifacts-destination",
        folder + "/artifacts",
      ],
      environment: Program.environment([
        "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true",
        // Six processes that nothing here needs.
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",
      ]),
      directory: folder,
      descriptors: [0: nothing.descriptor, 1: log.descriptor, 2: log.descriptor], leading: .group)
    for _ in 0..<600 {
      if let answer = try? get("/health"), answer == "OK" { return }
      try await Task.sleep(for: .milliseconds(200))
    }
    let said = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
    Issue.record("the server never answered: \(said.suffix(2000))")
  }

  deinit {
    child.signal(SIGTERM)
    _ = child.waitForEnd()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The body of an answer.
  func get(_ path: String) throws -> String {
    try request(uri + path)
  }

  func post(_ path: String, _ body: Value) throws -> Value {
    try Value(parsingJSON: request(uri + "/api/2.0/mlflow/" + path, body))
  }

  private func request(_ address: String, _ body: Value? = nil) throws -> String {
    let script = """
      import sys, urllib.request
      data = sys.argv[2].encode() if len(sys.argv) > 2 else None
      request = urllib.request.Request(sys.argv[1], data, {"Content-Type": "application/json"})
      sys.stdout.write(urllib.request.urlopen(request, timeout=20).read().decode())
      """
    let ending = try FinishedProgram(
      running: Trackers.python, ["-c", script, address] + (body.map { [$0.canonicalJSON] } ?? []),
      environment: Program.environment([:]), in: folder)
    if ending.ending.status != 0, !address.hasSuffix("/health") {
      let errors = String(decoding: ending.errors, as: UTF8.self)
      Issue.record("\(address): \(errors.suffix(600))")
    }
    return String(decoding: ending.output, as: UTF8.self)
  }

  /// The runs of an experiment by their names.
  func runs(of experiment: String) throws -> [(name: String, run: Value)] {
    let found = try Value(
      parsingJSON: get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=\(experiment)"))
    let id = found["experiment"]?["experiment_id"] ?? .null
    let answer = try post("runs/search", ["experiment_ids": [id], "max_results": 1000])
    return (answer["runs"]?.array ?? []).map { ($0["info"]?["run_name"]?.string ?? "", $0) }
  }
}

extension Value {
  /// The value of one of a run's tags, parameters or last metrics.
  func entry(_ list: String, _ key: String) -> Value? {
    self["data"]?[list]?.array?.first { $0["key"]?.string == key }?["value"]
  }
}
