internal import Artifacts
internal import Dataset
internal import Hardware
internal import Learning
internal import YAML

/// A model as it is about to be written in the formats of a deployment.
package struct ExportedModel {
  let variants: ModelVariants
  let candidate: Candidate
  /// The stage that deploys it.
  private let stage: String

  package init(_ variants: ModelVariants, _ candidate: Candidate, stage: String) {
    self.variants = variants
    self.candidate = candidate
    self.stage = stage
  }

  /// Writes the model as ONNX, with where it comes from; a quantised one with its integers.
  func writeONNX(to path: String) throws {
    let target = variants.model.target
    let classes = Value.array(target.classes.map(Value.string))
    var metadata = [
      "classes": classes.canonicalJSON, "task": target.task.rawValue, "target": target.name,
      "stage": stage, "lineage": variants.model.lineage.canonicalJSON,
    ]
    if target.width > 1 {
      metadata["outputs"] = Value.array(target.outputNames.map(Value.string)).canonicalJSON
    }
    let model = try variants.onnx(isQuantized: variants.isQuantized, metadata: metadata)
    try Folder.replaceFile(path, with: model.encoded(), lasting: false)
  }
}
