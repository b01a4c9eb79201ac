internal import Network
internal import Tensor

extension OneHot: ONNXLowering {
  /// Puts each column's code beside each of its values and compares.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let columns = cardinalities.indices.flatMap { column in
      Array(repeating: Int64(column), count: cardinalities[column])
    }
    let values = cardinalities.flatMap { count in (0..<count).map { Int64($0) } }
    let codes = builder.codes(of: site)
    let column = builder.constant(site.name + ".column", columns)
    let value = builder.constant(site.name + ".value", values)
    let spread = builder.add(
      "Gather", [codes, column], name: site.name + ".spread", [ONNXAttribute("axis", 1)])
    let hits = builder.add("Equal", [spread, value], name: site.name + ".hits")
    return builder.cast(hits, to: .float32, name: site.name)
  }
}

extension Embedding: ONNXLowering {
  /// Finds each column's row in the tables below each other; unknown codes have the first row.
  func lower(_ site: ONNXSite, _ builder: inout ONNXBuilder) throws -> String {
    let name = site.name
    let codes = builder.codes(of: site)
    let count = builder.constant(name + ".count", cardinalities.map { Int64($0) })
    let first = builder.constant(name + ".first", Self.firstRows(cardinalities))
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

  /// The row at which each column's table starts.
  private static func firstRows(_ cardinalities: [Int]) -> [Int64] {
    var next: Int64 = 0
    return cardinalities.map { count in
      defer { next += Int64(count) + 1 }
      return next
    }
  }
}

extension ONNXBuilder {
  /// The category codes that a layer reads, as 64-bit integers.
  fileprivate mutating func codes(of site: ONNXSite) -> String {
    cast(site.inputs[0], to: .int64, name: site.name + ".codes")
  }

  mutating func cast(_ value: String, to type: ElementType, name: String) -> String {
    add("Cast", [value], name: name, [ONNXAttribute("to", Int(type.onnxNumber))])
  }
}
