package import Diagnostics
internal import Tensor
package import YAML

/// Makes values missing that stand for that, such as -999.
package struct MarkMissing: DeferredStep {
  package static let kind = "mark-missing"

  /// The numbers that stand for a missing one.
  package var numbers: [Float]

  /// For each feature of numbers the elements that are looked at.
  package var elements: [String: [Int]]

  /// For each category the codes that stand for a missing one.
  package var codes: [String: [Int32]]

  package init(numbers: [Float], elements: [String: [Int]], codes: [String: [Int32]]) {
    self.numbers = numbers
    self.elements = elements
    self.codes = codes
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    numbers = try reader.numbers("numbers").map { Float($0) }
    elements = try reader.integerLists("elements")
    codes = try reader.integerLists("codes").mapValues { $0.map { Int32(clamping: $0) } }
  }

  package var value: Value {
    [
      "numbers": .array(numbers.map { .double(Double($0)) }),
      "elements": Value(integerLists: elements),
      "codes": Value(integerLists: codes.mapValues { $0.map(Int.init) }),
    ]
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    for (name, places) in elements {
      guard let tensor = batch.inputs[name] else { continue }
      let width = tensor.shape.dropFirst().reduce(1, *)
      guard places.allSatisfy((0..<width).contains) else {
        throw Diagnostic("the feature '\(name)' has the shape \(tensor.shape), too small to mark")
      }
      let values = marked(try tensor.array(Float.self), places, width)
      batch.inputs[name] = try Tensor(values, shape: tensor.shape).to(tensor.device)
    }
    for (name, missing) in codes {
      guard let tensor = batch.inputs[name] else { continue }
      let values = try tensor.array(Int32.self).map { missing.contains($0) ? -1 : $0 }
      batch.inputs[name] = try Tensor(values, shape: tensor.shape).to(tensor.device)
    }
  }

  /// The same for rows in memory.
  package func apply(to block: Block) -> Block {
    var block = block
    for (name, places) in elements {
      guard case .float32(let values) = block.features[name] else { continue }
      block.features[name] = .float32(marked(values, places, values.count / max(1, block.count)))
    }
    for (name, missing) in codes {
      guard case .int32(let values) = block.features[name] else { continue }
      block.features[name] = .int32(values.map { missing.contains($0) ? -1 : $0 })
    }
    return block
  }

  private func marked(_ values: [Float], _ places: [Int], _ width: Int) -> [Float] {
    var values = values
    for start in stride(from: 0, to: values.count, by: max(1, width)) {
      for place in places where numbers.contains(values[start + place]) {
        values[start + place] = .nan
      }
    }
    return values
  }
}
