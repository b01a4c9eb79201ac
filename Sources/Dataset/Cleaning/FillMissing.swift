package import Diagnostics
internal import Tensor
package import YAML

/// Puts fitted values where numbers are NaN and categories have no code.
package struct FillMissing: DeferredStep {
  package static let kind = "fill-missing"

  package var keepsFinite: Bool { true }

  /// For each feature of numbers the value of each element; NaN leaves an element as it is.
  package var numbers: [String: [Float]]

  /// For each category its code.
  package var codes: [String: Int32]

  /// What people should know about these values; nil where there is nothing to say.
  package var remark: String?

  package init(numbers: [String: [Float]], codes: [String: Int32], remark: String? = nil) {
    self.numbers = numbers
    self.codes = codes
    self.remark = remark
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    numbers = try reader.numberLists("numbers")
    codes = [:]
    for name in try reader.members("codes").object.keys {
      codes[name] = Int32(
        clamping: try reader.members("codes").integer(name, in: 0...Int(Int32.max)))
    }
    remark = reader.object["remark"]?.string
  }

  package var value: Value {
    var value: Value = [
      "numbers": Value(numberLists: numbers), "codes": .object(codes.mapValues { .int(Int($0)) }),
    ]
    if let remark { value["remark"] = .string(remark) }
    return value
  }

  package func apply(to batch: inout Batch, in context: StepContext) throws(Diagnostic) {
    try batch.changeFloats(of: numbers) { filled($0, $1) }
    for (name, code) in codes {
      guard let tensor = batch.inputs[name] else { continue }
      let values = try tensor.array(Int32.self).map { $0 < 0 ? code : $0 }
      batch.inputs[name] = try Tensor(values, shape: tensor.shape).to(tensor.device)
    }
  }

  /// The same for rows in memory.
  package func apply(to block: Block) -> Block {
    var block = block
    for (name, row) in numbers {
      guard case .float32(let values) = block.features[name] else { continue }
      block.features[name] = .float32(filled(values, row))
    }
    for (name, code) in codes {
      guard case .int32(let values) = block.features[name] else { continue }
      block.features[name] = .int32(values.map { $0 < 0 ? code : $0 })
    }
    return block
  }

  private func filled(_ values: [Float], _ row: [Float]) -> [Float] {
    var values = values
    for index in values.indices where values[index].isNaN {
      values[index] = row[index % row.count]
    }
    return values
  }
}
