import Dataset
import Diagnostics
import Foundation
import Network
import Tensor
import YAML

extension Model {
  /// Writes `network.json` and `model.safetensors` into a directory that exists.
  package func write(to directory: String) throws {
    let description: Value = [
      "format": .int(Self.format),
      "network": network.value,
      "features": .array(features.map(\.value)),
      "steps": .array(steps.map(DeferredSteps.encode)),
      "target": target.value,
      "lineage": lineage,
    ]
    let file = directory + "/" + Self.networkFile
    do {
      try Data(description.prettyJSON.utf8).write(to: URL(filePath: file))
    } catch {
      throw Diagnostic("cannot write '\(file)': \(error.localizedDescription)")
    }
    try SafeTensors.write(
      parameters.mapValues { try $0.detach() }, metadata: ["format": "anneal"],
      to: directory + "/" + Self.parametersFile)
  }
}
