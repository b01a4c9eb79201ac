internal import Diagnostics
internal import Hardware
internal import Learning

extension DeploymentDescription {
  /// Loads the chosen engine from the artifact's files.
  func engine(in directory: String) throws -> any InferenceEngine {
    switch candidate.engine {
    case .openVINO:
      guard let name = files["openvino"] ?? files["onnx"] else {
        throw lacking("an OpenVINO or ONNX")
      }
      return try OpenVINOEngine(
        reading: directory + "/" + name, OpenVINOSettings(fitted), batch: batch)
    case .libtorch:
      guard files["network"] != nil else { throw lacking("a network") }
      let model = try Model(opening: directory)
      return try LibtorchEngine(
        model.network, precision: candidate.precision, threads: fitted.threads,
        isChannelsLast: candidate.isChannelsLast, batch: batch)
    }
  }

  /// The candidate with no more threads than this machine has, and with one stream, as rows come
  /// one batch after the other.
  private var fitted: Candidate {
    var fitted = candidate
    fitted.threads = min(candidate.threads, Machine.current().cores)
    fitted.streams = 1
    return fitted
  }

  private func lacking(_ file: String) -> Diagnostic {
    Diagnostic(
      "the deployment names no \(file) file", remedy: "make it again with `anneal run`")
  }
}
