internal import FoundationEssentials
internal import YAML

/// The REST interface of an MLflow server, as far as runs need it; calls wait for their answers.
struct MLflowServer: Sendable {
  enum Failure: Error {
    /// It may work later: there was no answer, or one that says so.
    case away(String)
    /// It would come to the same each time.
    case refused(String)

    var reason: String {
      switch self {
      case .away(let reason), .refused(let reason): reason
      }
    }
  }

  /// A run as the server knows it.
  struct Run: Sendable {
    let id: String
    let artifacts: String
  }

  private let root: String
  private let headers: [String]
  let version: String

  /// The address without words that are secret.
  let name: String

  /// Milliseconds since 1970, as it wants times.
  static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }

  /// - Parameter environment: `MLFLOW_TRACKING_TOKEN`, or `MLFLOW_TRACKING_USERNAME` and `…_PASSWORD`, which
  ///   MLflow's own client takes too.
  init(_ uri: String, version: String, environment: [String: String]) {
    root = uri.hasSuffix("/") ? String(uri.dropLast()) : uri
    self.version = version
    name = Self.withoutSecrets(root)
    var headers = ["User-Agent: anneal/\(version)", "Expect:"]
    if let token = environment["MLFLOW_TRACKING_TOKEN"] {
      headers.append("Authorization: Bearer \(token)")
    } else if let user = environment["MLFLOW_TRACKING_USERNAME"] {
      let words = "\(user):\(environment["MLFLOW_TRACKING_PASSWORD"] ?? "")"
      headers.append("Authorization: Basic \(Data(words.utf8).base64EncodedString())")
    }
    // A line end would begin a header of its own.
    self.headers = headers.map { $0.filter { !$0.isNewline } }
  }

  private static func withoutSecrets(_ uri: String) -> String {
    let parts = uri.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3,
      let end = parts[2].prefix(while: { $0 != "/" }).lastIndex(of: "@")
    else { return uri }
    return "\(parts[0])//\(parts[2][parts[2].index(after: end)...])"
  }

  /// The experiment's id; it is made where there is none.
  func experiment(named name: String) throws(Failure) -> String {
    if let found = try find(experiment: name) { return found }
    do {
      let made = try call("POST", "experiments/create", ["name": .string(name)])
      return made["experiment_id"]?.string ?? ""
    } catch .refused(let reason) {
      // Another run may have made it in between.
      if let found = try find(experiment: name) { return found }
      throw .refused(reason)
    }
  }

  private func find(experiment name: String) throws(Failure) -> String? {
    let path = "experiments/get-by-name?experiment_name=\(Self.escaped(name))"
    let answer = try answer("GET", "/api/2.0/mlflow/" + path)
    if answer.status == 404 { return nil }
    return try checked(answer)["experiment"]?["experiment_id"]?.string
  }

  func create(
    run name: String, in experiment: String, tags: [String: String], at time: Int
  ) throws(Failure) -> Run {
    let made = try call(
      "POST", "runs/create",
      [
        "experiment_id": .string(experiment), "run_name": .string(name), "start_time": .int(time),
        "tags": Self.pairs(tags),
      ])
    guard let run = Self.run(made["run"]) else { throw .refused("it answers without a run") }
    return run
  }

  private static func run(_ value: Value?) -> Run? {
    guard let info = value?["info"], let id = info["run_id"]?.string else { return nil }
    return Run(id: id, artifacts: info["artifact_uri"]?.string ?? "")
  }

  /// The runs of an experiment that a filter holds for, with their tags.
  func runs(
    in experiment: String, where filter: String
  ) throws(Failure) -> [(run: Run, tags: [String: String])] {
    let found = try call(
      "POST", "runs/search",
      ["experiment_ids": [.string(experiment)], "filter": .string(filter), "max_results": 1000])
    return (found["runs"]?.array ?? []).compactMap { value in
      guard let run = Self.run(value) else { return nil }
      var tags: [String: String] = [:]
      for tag in value["data"]?["tags"]?.array ?? [] {
        if let key = tag["key"]?.string { tags[key] = tag["value"]?.string ?? "" }
      }
      return (run, tags)
    }
  }

  func update(_ run: Run, status: String, at time: Int?) throws(Failure) {
    var fields: [String: Value] = ["run_id": .string(run.id), "status": .string(status)]
    fields["end_time"] = time.map(Value.int)
    _ = try call("POST", "runs/update", .object(fields))
  }

  func log(
    _ run: Run, metrics: [MLflowMetric] = [], params: [String: String] = [:]
  ) throws(Failure) {
    _ = try call(
      "POST", "runs/log-batch",
      [
        "run_id": .string(run.id), "metrics": .array(metrics.map(\.value)),
        "params": Self.pairs(params),
      ])
  }

  /// Begins a logged model, as servers from version 3 on have them; nil where this one has none.
  func beginModel(
    _ name: String, of run: Run, in experiment: String
  ) throws(Failure) -> (id: String, artifacts: String)? {
    let answer = try answer(
      "POST", "/api/2.0/mlflow/logged-models",
      body: [
        "experiment_id": .string(experiment), "name": .string(name),
        "source_run_id": .string(run.id), "model_type": "anneal",
      ])
    if answer.status == 404 { return nil }
    let info = try checked(answer)["model"]?["info"]
    guard let id = info?["model_id"]?.string, let place = info?["artifact_uri"]?.string else {
      return nil
    }
    return (id, place)
  }

  func endModel(_ id: String, of run: Run) throws(Failure) {
    _ = try call(
      "PATCH", "logged-models/\(id)",
      ["model_id": .string(id), "status": "LOGGED_MODEL_READY"])
    _ = try call(
      "POST", "runs/outputs",
      ["run_id": .string(run.id), "models": [["model_id": .string(id), "step": 0]]])
  }

  /// Stores a file through the server.
  ///
  /// - Parameter place: The address of the artifacts that it is one of.
  func put(_ bytes: [UInt8], at path: String, in place: String) throws(Failure) {
    let scheme = "mlflow-artifacts:/"
    guard place.hasPrefix(scheme) else {
      throw .refused("its artifacts are at '\(place)', which takes no files through the server")
    }
    let folder = place.dropFirst(scheme.count).split(separator: "/").map {
      Self.escaped(String($0))
    }
    let parts = path.split(separator: "/").map { Self.escaped(String($0)) }
    let target = (folder + parts).joined(separator: "/")
    _ = try checked(
      answer(
        "PUT", "/api/2.0/mlflow-artifacts/artifacts/" + target, bytes: bytes,
        within: 600_000))
  }

  // MARK: Requests

  private func call(_ method: String, _ path: String, _ body: Value) throws(Failure) -> Value {
    try checked(answer(method, "/api/2.0/mlflow/" + path, body: body))
  }

  private func answer(
    _ method: String, _ path: String, body: Value? = nil, bytes: [UInt8]? = nil,
    within milliseconds: Int = 10_000
  ) throws(Failure) -> Transfer.Answer {
    var transfer = Transfer(method: method, url: root + path)
    transfer.headers = headers
    transfer.altogether = milliseconds
    if let body {
      transfer.headers.append("Content-Type: application/json")
      transfer.body = Array(body.canonicalJSON.utf8)
    } else if let bytes {
      transfer.headers.append("Content-Type: application/octet-stream")
      transfer.body = bytes
    }
    do {
      return try transfer.answer()
    } catch {
      throw .away(error.reason)
    }
  }

  private func checked(_ answer: Transfer.Answer) throws(Failure) -> Value {
    if (200..<300).contains(answer.status) { return answer.value ?? [:] }
    let words = answer.value?["message"]?.string.map { ": \($0)" } ?? ""
    let reason = "it answers with status \(answer.status)\(words)"
    let isPassing = answer.status == 429 || answer.status >= 500 || answer.status == 408
    throw isPassing ? .away(reason) : .refused(reason)
  }

  private static func pairs(_ texts: [String: String]) -> Value {
    .array(
      texts.sorted { $0.key < $1.key }
        .map { ["key": .string($0.key), "value": .string($0.value)] })
  }

  /// A part of an address (RFC 3986, section 2).
  private static func escaped(_ text: String) -> String {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      kept.contains(byte)
        ? String(UnicodeScalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
  }
}

/// A figure with when and at which step it was measured.
struct MLflowMetric: Sendable {
  let name: String
  let number: Double
  let step: Int
  /// Milliseconds since 1970.
  let time: Int

  var value: Value {
    let written: Value =
      number.isFinite
      ? .double(number) : .string(number.isNaN ? "NaN" : number > 0 ? "Infinity" : "-Infinity")
    return [
      "key": .string(MLflowLog.name(name)), "value": written, "timestamp": .int(time),
      "step": .int(step),
    ]
  }
}
