package import Options
package import Tensor

/// Category codes `[K]` as learned vectors, those of all columns side by side.
///
/// Each column has a table with one more row than it has values: row 0 stands for a code that is not
/// among them, such as -1 for a missing one. The tables lie below each other in one weight.
package struct Embedding: Layer {
  package static let type = "embedding"
  package static let summary = "Turns category codes into learned vectors."

  package var cardinalities: [Int] = []
  package var width = 8

  package init() {}

  package init(cardinalities: [Int], width: Int) {
    self.cardinalities = cardinalities
    self.width = width
  }

  package static var fields: [Field<Self>] {
    option("cardinalities", \.cardinalities, "How many values each column has.")
    option("width", \.width, in: 1...LayerLimits.width, "The length of a column's vector.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.coded, along: .first), cardinalities: cardinalities, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try checkCardinalities(cardinalities, of: inputs[0])
    return [saturatingProduct([cardinalities.count, width])]
  }

  package func parameters(_ inputs: [[Int]]) -> [ParameterSpec] {
    let rows = saturatingSum(cardinalities.map { $0 + 1 })
    return [
      ParameterSpec("weight", [rows, width], .weight, .normal(deviation: 0.05), decays: true)
    ]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let codes = try inputs[0].to(.int64)
    var first = 0
    let rows = try cardinalities.enumerated().map { column, count in
      defer { first += count + 1 }
      let code = try codes.narrow(1, from: column, length: 1)
      let isKnown = try (code < Double(count)).to(.int64)
      return try (code.clamp(-1) + 1) * isKnown + Double(first)
    }
    return try parameters.tensor("weight")
      .embedding(Tensor.concatenate(rows, dimension: 1)).flatten()
  }
}

extension Embedding: ONNXLayer {
  /// Finds each column's row in the tables below each other; unknown codes have the first row.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let name = site.name
    let codes = builder.codes(of: site)
    let count = builder.constant(name + ".count", cardinalities.map { Int64($0) })
    let first = builder.constant(name + ".first", firstRows.map { Int64($0) })
    let none = builder.constant(name + ".none", [-1])
    let one = builder.constant(name + ".one", [1])
    let floor = builder.add("Max", [codes, none], name: name + ".floor")
    let shifted = builder.add("Add", [floor, one], name: name + ".shifted")
    let isKnown = builder.add("Less", [codes, count], name: name + ".is_known")
    let factor = builder.cast(isKnown, to: .int64, name: name + ".factor")
    let known = builder.add("Mul", [shifted, factor], name: name + ".known")
    let rows = builder.add("Add", [known, first], name: name + ".rows")
    let table = try builder.parameter("weight", of: site)
    let vectors = builder.add("Gather", [table, rows], name: name + ".vectors")
    return builder.add("Flatten", [vectors], name: name, [ONNXAttribute("axis", 1)])
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.isFlatten, let vectors = index.maker(of: last.inputs[0], is: "Gather", reading: 2),
      vectors["axis"]?.integer ?? 0 == 0, let table = index.parameter(vectors.inputs[0]),
      table.values.dimensions.count == 2,
      let rows = index.maker(of: vectors.inputs[1], is: "Add", reading: 2),
      let first = index.integers(rows.inputs[1]),
      let known = index.maker(of: rows.inputs[0], is: "Mul", reading: 2),
      let shifted = index.maker(of: known.inputs[0], is: "Add", reading: 2),
      index.integers(shifted.inputs[1]) == [1],
      let floor = index.maker(of: shifted.inputs[0], is: "Max", reading: 2),
      index.integers(floor.inputs[1]) == [-1],
      let factor = index.maker(of: known.inputs[1], is: "Cast"),
      let less = index.maker(of: factor.inputs[0], is: "Less", reading: 2),
      less.inputs[0] == floor.inputs[0], let counts = index.integers(less.inputs[1]),
      counts.allSatisfy({ (1...LayerLimits.width).contains($0) })
    else { return nil }
    let layer = Embedding(cardinalities: counts, width: Int(table.values.dimensions[1]))
    guard layer.firstRows == first else { return nil }
    return ONNXMatch(
      layer, reading: [index.codes(less.inputs[0])], ["weight": table], operators: 8)
  }

  /// The row at which each column's table starts.
  private var firstRows: [Int] {
    var next = 0
    return cardinalities.map { count in
      defer { next += count + 1 }
      return next
    }
  }
}
