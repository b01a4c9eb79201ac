internal import Diagnostics
package import Options
package import Tensor

/// Category codes `[K]` as indicator values: for each column one place for each of its values.
///
/// A code that is not among the values, such as -1 for a missing one, leaves its places at zero.
package struct OneHot: Layer {
  package static let type = "one-hot"
  package static let summary = "Turns category codes into indicator values."

  package var cardinalities: [Int] = []

  package init() {}

  package init(cardinalities: [Int]) {
    self.cardinalities = cardinalities
  }

  package static var fields: [Field<Self>] {
    option("cardinalities", \.cardinalities, "How many values each column has.")
  }

  package var traits: LayerTraits {
    LayerTraits(
      ChannelFlow(.coded, along: .first), cardinalities: cardinalities, onnx: self)
  }

  package func outputShape(_ inputs: [[Int]]) throws(ShapeError) -> [Int] {
    try checkCardinalities(cardinalities, of: inputs[0])
    return [saturatingSum(cardinalities)]
  }

  package func forward(
    _ inputs: [Tensor], _ parameters: [String: Tensor], _ mode: ForwardMode
  ) throws -> Tensor {
    let codes = try inputs[0].to(.int64)
    let places = try cardinalities.enumerated().map { column, count in
      try codes.narrow(1, from: column, length: 1)
        .equals(.range(count: count, device: codes.device))
    }
    return try Tensor.concatenate(places, dimension: 1).to(.float32)
  }
}

extension OneHot: ONNXLayer {
  /// Puts each column's code beside each of its values and compares.
  package func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let codes = builder.codes(of: site)
    let (columns, values) = places
    let column = builder.constant(site.name + ".column", columns.map { Int64($0) })
    let value = builder.constant(site.name + ".value", values.map { Int64($0) })
    let spread = builder.add(
      "Gather", [codes, column], name: site.name + ".spread", [ONNXAttribute("axis", 1)])
    let hits = builder.add("Equal", [spread, value], name: site.name + ".hits")
    return builder.cast(hits, to: .float32, name: site.name)
  }

  package static func lift(_ last: ONNXNode, in index: ONNXIndex) -> ONNXMatch? {
    guard
      last.operation == "Cast", last["to"]?.integer == 1, let hits = last.inputs.first,
      let equal = index.maker(of: hits, is: "Equal", reading: 2),
      let spread = index.maker(of: equal.inputs[0], is: "Gather", reading: 2),
      spread["axis"]?.integer == 1, let columns = index.integers(spread.inputs[1]),
      let values = index.integers(equal.inputs[1])
    else { return nil }
    var layer = OneHot()
    for column in columns {
      if column == layer.cardinalities.count {
        layer.cardinalities.append(1)
      } else if layer.cardinalities.indices.last == column {
        layer.cardinalities[column] += 1
      } else {
        return nil
      }
    }
    guard layer.places == (columns, values) else { return nil }
    return ONNXMatch(layer, reading: [index.codes(spread.inputs[0])], operators: 3)
  }

  /// For each place of the output the column that it looks at and the value that it stands for.
  private var places: (columns: [Int], values: [Int]) {
    (
      cardinalities.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) },
      cardinalities.flatMap { Array(0..<$0) }
    )
  }
}

/// Checks that there is one positive cardinality for each column of a row of category codes.
func checkCardinalities(_ cardinalities: [Int], of shape: [Int]) throws(ShapeError) {
  guard shape == [cardinalities.count] else {
    throw ShapeError(
      "knows \(cardinalities.count) columns of categories but its input has the shape \(shape)",
      remedy: "give one cardinality for each column")
  }
  for count in cardinalities where !(1...LayerLimits.width).contains(count) {
    throw ShapeError(
      "has a column with \(count.counted("value"))",
      remedy: "a column has between 1 and \(LayerLimits.width) values")
  }
}
