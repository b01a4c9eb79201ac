import Dataset
import Diagnostics
import FoundationEssentials
import Network
import Tensor
import YAML

extension Model {
  /// Opens a model artifact, which is untrusted.
  ///
  /// - Throws: What is wrong with the files: a missing member, a faulty graph, or a tensor that is
  ///   absent or does not have the shape that the network needs.
  package init(opening directory: String) throws {
    let file = directory + "/" + Self.networkFile
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw Diagnostic("there is no model at \(directory): \(file) cannot be read")
    }
    let root = try Node(parsing: bytes, file: file, limits: .data)
    guard let format = root["format"]?.value.int, (1...Self.format).contains(format) else {
      throw Diagnostic(
        "'\(file)' is not in a format of 1 to \(Self.format)",
        remedy: "use the anneal that wrote it, or a newer one")
    }
    guard let layers = root["network"], let target = root["target"]?.value else {
      throw Diagnostic("'\(file)' lacks the network or the target")
    }
    let graph = try Network(layers)
    features = try (root["features"]?.value.array ?? []).map { try Feature($0, file: file) }
    steps = try DeferredSteps.decode(root["steps"]?.value.array ?? [], file: file)
    self.target = try Target(target, file: file)
    lineage = root["lineage"]?.value ?? .object([:])
    let tensors = directory + "/" + Self.parametersFile
    network = WeightedNetwork(graph, try SafeTensors(reading: tensors).tensors())
    try network.check(from: "'\(tensors)'")
  }
}
