import Artifacts
import Dataset
import Network
import Tensor
import YAML

extension Model {
  /// Writes `network.json` and `model.safetensors` into a directory that exists.
  package func write(to directory: String) throws {
    let description: Value = [
      "format": .int(Self.format),
      "network": network.graph.value,
      "features": .array(features.map(\.value)),
      "steps": .array(steps.map(DeferredSteps.encode)),
      "target": target.value,
      "lineage": lineage,
    ]
    try Folder.replaceFile(
      directory + "/" + Self.networkFile, with: Array(description.prettyJSON.utf8), lasting: false)
    try SafeTensors.write(
      network.parameters.mapValues { try $0.detach() }, metadata: ["format": "anneal"],
      to: directory + "/" + Self.parametersFile)
  }
}
