internal import Artifacts
internal import Deployment
internal import Diagnostics
internal import Hardware
internal import Network

/// Builds the engines of candidates; ONNX files for them are written once.
final class TrialEngines {
  private let variants: ModelVariants
  private let directory: String
  private var written: Set<String> = []

  init(_ variants: ModelVariants, directory: String) {
    self.variants = variants
    self.directory = directory
  }

  func engine(for candidate: Candidate, batch: Int) throws -> any InferenceEngine {
    switch candidate.engine {
    case .libtorch:
      let form = variants.form(for: candidate)
      return try LibtorchEngine(
        form, precision: candidate.precision, threads: candidate.threads,
        isChannelsLast: candidate.isChannelsLast, batch: batch)
    case .openVINO:
      return try OpenVINOEngine(
        reading: file(isQuantized: candidate.precision == .int8),
        OpenVINOSettings(candidate), batch: batch)
    }
  }

  /// Bytes that the candidate's deployed model has.
  func size(of candidate: Candidate) throws -> Int {
    guard candidate.engine == .openVINO else { return variants.form(for: candidate).bytes }
    let path = try file(isQuantized: candidate.precision == .int8)
    return try FileStatus(of: path)?.size ?? 0
  }

  func removeFiles() {
    try? Folder.remove(directory)
  }

  private func file(isQuantized: Bool) throws -> String {
    let path = directory + (isQuantized ? "/quantized.onnx" : "/real.onnx")
    if written.insert(path).inserted {
      try Folder.create(directory)
      let model = try variants.onnx(isQuantized: isQuantized, metadata: [:])
      try Folder.replaceFile(path, with: model.encoded(), lasting: false)
    }
    return path
  }
}
