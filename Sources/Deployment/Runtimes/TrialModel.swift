internal import Artifacts

/// A model whose candidates are tried; ONNX files for them are written once.
package final class TrialModel {
  package let variants: ModelVariants
  private let directory: String
  private var written: Set<String> = []

  /// - Parameter directory: A folder for files, which is made when it is needed.
  package init(_ variants: ModelVariants, directory: String) {
    self.variants = variants
    self.directory = directory
  }

  /// Loads a candidate in its runtime.
  package func engine(for candidate: Candidate, batch: Int) throws -> any InferenceEngine {
    try candidate.engine.type.engine(for: candidate, of: self, batch: batch)
  }

  /// Bytes that the candidate's deployed model has.
  package func size(of candidate: Candidate) throws -> Int {
    try candidate.engine.type.size(of: candidate, self)
  }

  package func removeFiles() {
    try? Folder.remove(directory)
  }

  /// The path of the integer form or of the folded real one as ONNX.
  func onnxFile(isQuantized: Bool) throws -> String {
    let path = directory + (isQuantized ? "/quantized.onnx" : "/real.onnx")
    if written.insert(path).inserted {
      try Folder.create(directory)
      let model = try variants.onnx(isQuantized: isQuantized, metadata: [:])
      try Folder.replaceFile(path, with: model.encoded(), lasting: false)
    }
    return path
  }
}
