package import Diagnostics
internal import Tensor
package import YAML

/// Fills what is missing in a row from the row's other values: a pixel from those of its line and its
/// column, the mean of both, and a number from those to its left and right.
package struct InterpolateRow: DeferredStep {
  package static let kind = "interpolate-row"

  package var rule: GapRule

  /// The shape of each feature's rows.
  package var shapes: [String: [Int]]

  package init(rule: GapRule, shapes: [String: [Int]]) {
    self.rule = rule
    self.shapes = shapes
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    rule = try reader.choice("rule")
    shapes = try reader.integerLists("shapes")
  }

  package var value: Value {
    ["rule": .string(rule.rawValue), "shapes": Value(integerLists: shapes)]
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    for (name, shape) in shapes {
      guard let tensor = batch.inputs[name] else { continue }
      guard Array(tensor.shape.dropFirst()) == shape else {
        throw Diagnostic(
          "the feature '\(name)' has the shape \(tensor.shape) where rows of \(shape) are interpolated"
        )
      }
      let values = filled(try tensor.array(Float.self), shape)
      batch.inputs[name] = try Tensor(values, shape: tensor.shape).to(tensor.device)
    }
  }

  /// The same for rows in memory.
  package func apply(to block: Block) -> Block {
    var block = block
    for (name, shape) in shapes {
      guard case .float32(let values) = block.features[name] else { continue }
      block.features[name] = .float32(filled(values, shape))
    }
    return block
  }

  private func filled(_ values: [Float], _ shape: [Int]) -> [Float] {
    guard values.contains(where: \.isNaN) else { return values }
    var values = values
    let (height, width) = shape.count == 3 ? (shape[1], shape[2]) : (1, shape.reduce(1, *))
    for start in stride(from: 0, to: values.count, by: max(1, height * width)) {
      let plane = values[start..<start + height * width]
      guard plane.contains(where: \.isNaN) else { continue }
      values.replaceSubrange(plane.indices, with: filled(Array(plane), height, width))
    }
    return values
  }

  /// Fills a plane of `height` lines; lines and columns without any value get theirs from what was filled
  /// in the others.
  private func filled(_ plane: [Float], _ height: Int, _ width: Int) -> [Float] {
    var across = plane
    for y in 0..<height {
      var line = Array(plane[y * width..<(y + 1) * width])
      rule.fill(&line)
      across.replaceSubrange(y * width..<(y + 1) * width, with: line)
    }
    guard height > 1 else { return across }
    var result = plane
    for x in 0..<width {
      var column = (0..<height).map { plane[$0 * width + x] }
      rule.fill(&column)
      for y in 0..<height where plane[y * width + x].isNaN {
        let (one, other) = (across[y * width + x], column[y])
        result[y * width + x] =
          one.isNaN ? other : other.isNaN ? one : Float((Double(one) + Double(other)) / 2)
      }
    }
    let isChanged = zip(result, plane).contains { !$0.isNaN && $1.isNaN }
    return isChanged && result.contains(where: \.isNaN) ? filled(result, height, width) : result
  }
}
