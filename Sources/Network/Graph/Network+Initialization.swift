package import Tensor
import Diagnostics

extension Network {
  /// Draws first values for every parameter, each from its own branch of the stream.
  ///
  /// A parameter's values depend on the stream and its name alone, so that adding a layer leaves the
  /// others' first values as they were.
  ///
  /// - Parameter kept: Gives a tensor as it is to be held, before the next one is drawn.
  package func initialParameters(
    _ stream: RandomStream, kept: (Tensor) throws -> Tensor = { $0 }
  ) throws -> Parameters {
    var parameters: Parameters = [:]
    for spec in parameterSpecs {
      var branch = stream.child(.init(spec.name))
      parameters[spec.name] = try kept(spec.initialValue(&branch))
    }
    return parameters
  }
}

extension ParameterSpec {
  func initialValue(_ stream: inout RandomStream) throws -> Tensor {
    switch initialization {
    case .he(let fanIn):
      let deviation = (2 / Double(max(fanIn, 1))).squareRoot()
      return try stream.normal(shape, deviation: deviation)
    case .lecun(let fanIn):
      let deviation = (1 / Double(max(fanIn, 1))).squareRoot()
      return try stream.normal(shape, deviation: deviation)
    case .xavier(let fanIn, let fanOut):
      let bound = (6 / Double(max(saturatingSum([fanIn, fanOut]), 1))).squareRoot()
      return try stream.uniform(shape, low: -bound, high: bound)
    case .normal(let deviation):
      return try stream.normal(shape, deviation: deviation)
    case .constant(let value):
      return try Tensor.full(shape, value)
    }
  }
}
