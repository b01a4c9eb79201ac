internal import Artifacts
internal import Hardware

/// OpenVINO, which compiles a graph for the processor and runs integers as such.
package enum OpenVINORuntime: InferenceRuntime {
  package static let name = "openvino"
  package static let title = "OpenVINO"
  package static let formats = [ModelFormat.onnx, .openVINO]

  package static func candidates(under conditions: RunConditions) -> [Candidate] {
    let plain = Candidate(.openVINO, .fp32, threads: conditions.threads)
    var candidates = [plain]
    if conditions.triesBF16 {
      candidates.append(Candidate(.openVINO, .bf16, threads: conditions.threads))
    }
    if conditions.isQuantized {
      candidates.append(Candidate(.openVINO, .int8, threads: conditions.threads))
    }
    return candidates
  }

  package static func neighbours(
    of candidate: Candidate, under conditions: RunConditions
  ) -> [Candidate] {
    var neighbours = candidate.withFewerThreads
    guard conditions.countsRows else { return neighbours }
    for streams in Set([2, conditions.threads]).sorted()
    where streams >= 2 && streams <= conditions.threads {
      var parallel = candidate
      parallel.streams = streams
      neighbours.append(parallel)
    }
    return neighbours
  }

  package static func size(of candidate: Candidate, _ model: TrialModel) throws -> Int {
    let path = try model.onnxFile(isQuantized: candidate.precision == .int8)
    return try FileStatus(of: path)?.size ?? 0
  }

  package static func engine(
    for candidate: Candidate, of model: TrialModel, batch: Int
  ) throws -> any InferenceEngine {
    let path = try model.onnxFile(isQuantized: candidate.precision == .int8)
    return try OpenVINOEngine(reading: path, OpenVINOSettings(candidate), batch: batch)
  }

  package static func engine(
    for candidate: Candidate, in deployment: DeploymentFiles, batch: Int
  ) throws -> any InferenceEngine {
    let path = try deployment.path(anyOf: [.openVINO, .onnx], "an OpenVINO or ONNX")
    return try OpenVINOEngine(reading: path, OpenVINOSettings(candidate), batch: batch)
  }
}

extension RegisteredRuntime {
  package static let openVINO = RegisteredRuntime(OpenVINORuntime.self)
}

extension ModelFormat {
  /// OpenVINO's own format, written by it from what it read as ONNX.
  package static let openVINO = ModelFormat(
    name: "openvino", purpose: "OpenVINO IR, with its `.bin`", fileName: "model.xml",
    companion: "model.bin", needsONNX: true, checking: ModelFormat.check
  ) { model, directory in
    let source = directory + "/.model.onnx"
    defer { try? Folder.remove(source) }
    try model.writeONNX(to: source)
    try OpenVINOGraph(reading: source).save(to: directory + "/model.xml")
  }

  /// Opens an exported file in float arithmetic, to be compared with the network.
  static func check(_ path: String, threads: Int, rows: Int) throws -> any InferenceEngine {
    try OpenVINOEngine(
      reading: path, OpenVINOSettings(precision: .fp32, threads: threads), batch: rows)
  }
}

extension OpenVINOSettings {
  /// The settings under which a candidate runs.
  package init(_ candidate: Candidate) {
    self.init(
      precision: candidate.precision, threads: candidate.threads, streams: candidate.streams,
      goal: candidate.streams > 1 ? .throughput : .latency)
  }
}
