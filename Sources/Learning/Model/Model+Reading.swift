import Dataset
import Diagnostics
import FoundationEssentials
import Network
import Tensor
import YAML

extension Model {
  /// Opens a model artifact that nobody vouches for.
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
    guard let graph = root["network"], let target = root["target"]?.value else {
      throw Diagnostic("'\(file)' lacks the network or the target")
    }
    network = try Network(graph)
    features = try (root["features"]?.value.array ?? []).map { try Feature($0, file: file) }
    steps = try DeferredSteps.decode(root["steps"]?.value.array ?? [], file: file)
    self.target = try Target(target, file: file)
    lineage = root["lineage"]?.value ?? .object([:])
    parameters = try SafeTensors(reading: directory + "/" + Self.parametersFile).tensors()
    try checkParameters(in: directory + "/" + Self.parametersFile)
  }

  private func checkParameters(in file: String) throws {
    for spec in network.parameterSpecs {
      guard let tensor = parameters[spec.name] else {
        throw Diagnostic("'\(file)' has no tensor '\(spec.name)'")
      }
      guard tensor.shape == spec.shape else {
        throw Diagnostic(
          "'\(spec.name)' in '\(file)' has the shape \(tensor.shape) where the network needs "
            + "\(spec.shape)")
      }
    }
    for node in network.nodes where node.weightQuantization != nil {
      let name = node.parameter("weight_scale")
      guard parameters[name] != nil else { throw Diagnostic("'\(file)' has no tensor '\(name)'") }
    }
  }
}
