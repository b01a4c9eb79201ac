import Diagnostics
import Foundation
import Options
import Tensor
import Testing
import YAML

@testable import Network

/// References/networks.json: layers and presets by PyTorch and torchvision.
struct `Networks of PyTorch` {
  @Test func `and layers agree in values and gradients`() throws {
    let cases = try #require(try Reference.read("networks")["layers"]?.array)
    #expect(cases.count > 30)
    for reference in cases { try check(layer: reference) }
  }

  /// Dropout, which draws at random, and the map with fixed values have no case.
  @Test func `cover every layer of the catalogue`() throws {
    let cases = try #require(try Reference.read("networks")["layers"]?.array)
    let covered = try cases.map { Swift.type(of: try layer($0)).type }
    let known = LayerCatalog.all.map { $0.type }
    #expect(Set(known).subtracting(covered) == ["dropout", "rescale"])
  }

  /// In 64 bits, where rounding says nothing, and in 32. There the 52 batch norms of a mobilenet, of 16 values
  /// for each channel at the end, raise roundings to 1e-4, and the layer norms over 8 values of this vit a
  /// little.
  @Test(
    arguments: [
      "linear", "mlp", "cnn", "resnet", "mobilenet-v2", "vit", "transformer", "audio-cnn",
      "audio-cnn over samples", "tabular-resnet",
    ], [ElementType.float32, .float64])
  func `and presets agree in values and gradients`(name: String, type: ElementType) throws {
    let tolerance = type == .float64 ? 1e-9 : ["mobilenet-v2": 1e-3, "vit": 2e-5][name] ?? 1e-5
    let reference = try #require(try Reference.read("networks")["models"]?[name])
    let preset = try ModelPreset.decode(
      Node(parsing: #require(reference["preset"]?.string), file: "preset"))
    let inputs = try #require(reference["inputs"]?.array).map { input in
      try NetworkInput.decode(Node(value: input, at: .init(file: "input", line: 1, column: 1)))
    }
    let network = try preset.preset.network(
      for: inputs, outputs: #require(reference["outputs"]?.int))
    var parameters: Parameters = [:]
    for spec in network.parameterSpecs {
      let first = try first(spec.name, spec.shape).to(type)
      parameters[spec.name] =
        spec.role == .buffer
        ? try spec.initialValue(of: spec).to(type) : try first.requireGradient()
    }
    let rows = try #require(reference["rows"]?.int)
    let batch = try Dictionary(
      uniqueKeysWithValues: inputs.map { ($0.name, try values(of: $0, rows: rows, type)) })
    let output = try network.forward(batch, parameters, .training(RandomStream(seed: 1)))
    let expected = try Tensor(
      #require(reference["output"]?.array).compactMap(\.double), shape: output.shape)
    #expect(
      try distance(output.to(.float64), expected) <= tolerance * max(1, expected.abs().max().item())
    )

    try (output * formula("upstream", output.shape).to(type)).sum().backward()
    let gradients = try #require(reference["gradients"]?.object)
    #expect(
      Set(gradients.keys)
        == Set(network.parameterSpecs.filter { $0.role != .buffer }.map(\.name)))
    let largest = gradients.values.compactMap { $0.array?[0].double }.max() ?? 1
    for (name, figures) in gradients {
      let gradient = try #require(try parameters.tensor(name).gradient()).to(.float64)
      let norm = try gradient.square().sum().sqrt().item()
      let probe = try (gradient * formula("probe", gradient.shape)).sum().item()
      let numbers = try #require(figures.array).compactMap(\.double)
      #expect(abs(norm - numbers[0]) <= tolerance * largest, "\(name): \(norm), \(numbers[0])")
      #expect(abs(probe - numbers[1]) <= tolerance * largest, "\(name): \(probe), \(numbers[1])")
    }
  }

  private func layer(_ reference: Value) throws -> any Layer {
    try AnyLayer.decode(Node(parsing: #require(reference["layer"]?.string), file: "layer")).layer
  }

  private func check(layer reference: Value) throws {
    let name = reference["name"]?.string ?? ""
    let layer = try layer(reference)
    let given = try #require(reference["inputs"]?.array)
    let inputs = try zip(given, #require(reference["integers"]?.array)).map { input, isInteger in
      let tensor = try input.tensor()
      return try isInteger.bool == true ? tensor.to(.int32) : tensor.requireGradient()
    }
    let shapes = inputs.map { Array($0.shape.dropFirst()) }
    var parameters: Parameters = [:]
    for spec in layer.parameters(shapes) {
      let tensor = try reference["parameters"]?[spec.name]?.tensor()
      #expect(tensor.map { $0.shape == spec.shape } ?? (spec.role == .buffer), "\(name)")
      parameters[spec.name] = try tensor?.requireGradient() ?? Tensor.full(spec.shape, 0)
    }
    let output = try layer.forward(inputs, parameters, .training(RandomStream(seed: 1)))
    let expected = try #require(reference["output"]).tensor()
    #expect(try Array(output.shape.dropFirst()) == layer.outputShape(shapes), "\(name)")
    #expect(try distance(output, expected) <= 1e-5, "\(name)")
    guard output.requiresGradient else { return }
    try (output * #require(reference["upstream"]).tensor()).sum().backward()
    for (local, gradient) in reference["gradients"]?.object ?? [:] {
      let own = try #require(try parameters.tensor(local).gradient(), "\(name) \(local)")
      #expect(try distance(own, gradient.tensor()) <= 1e-5, "\(name) \(local)")
    }
    for (input, gradient) in zip(inputs, reference["input-gradients"]?.array ?? [])
    where gradient.object != nil {
      let own = try #require(try input.gradient(), "\(name)")
      #expect(try distance(own, gradient.tensor()) <= 1e-5, "\(name)")
    }
  }

  private func formula(_ name: String, _ shape: [Int]) throws -> Tensor {
    let phase = 0.1 * Double(name.utf8.reduce(0) { $0 + Int($1) })
    let values = (0..<shape.reduce(1, *)).map { sin(0.37 * Double($0) + phase) }
    return try Tensor(values, shape: shape)
  }

  /// What the script gives a parameter of this name and shape.
  private func first(_ name: String, _ shape: [Int]) throws -> Tensor {
    let values = try formula(name, shape)
    if shape.count > 1 {
      return try values * (1.5 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
    }
    return name.hasSuffix("weight") ? try values * 0.2 + 1 : try values * 0.1
  }

  private func values(
    of input: NetworkInput, rows: Int, _ type: ElementType
  ) throws -> Tensor {
    let shape = [rows] + input.shape
    let count = shape.reduce(1, *)
    switch input.kind {
    case .text:
      let ids = (0..<count).map { place in
        place < input.shape[0] && place >= input.shape[0] / 2
          ? 0 : Int32((place * 7 + 3) % input.cardinalities[0])
      }
      return try Tensor(ids, shape: shape)
    case .category:
      return try Tensor(
        (0..<count).map { Int32(($0 * 3 + 1) % input.cardinalities[0]) }, shape: shape)
    default: return try formula(input.name, shape).to(type) * 2
    }
  }
}

extension ParameterSpec {
  fileprivate func initialValue(of spec: ParameterSpec) throws -> Tensor {
    var stream = RandomStream(seed: 1)
    return try initialValue(&stream)
  }
}
