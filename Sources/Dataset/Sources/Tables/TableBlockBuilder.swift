internal import Tensor

/// Collects parsed rows into blocks of the schema's types.
struct TableBlockBuilder {
  private let schema: TableSchema
  private let parser: RowParser
  private let codes: [CodeTable]
  private let classes: CodeTable
  private var row = RowParser.Row()
  private let layout: ShardLayout
  private var block: Block

  init(_ schema: TableSchema, _ format: TableFormat) {
    self.schema = schema
    parser = RowParser(schema, format)
    codes = schema.inputs.map { CodeTable($0.feature.categories) }
    classes = CodeTable(schema.target?.classes ?? [])
    layout = ShardLayout(features: schema.features, target: schema.target, isWeighted: false)
    block = layout.emptyBlock
  }

  var count: Int { block.count }

  /// Adds a row; returns the problem with it, if there is one.
  mutating func append(_ record: borrowing Record, id: Int64) -> String? {
    if let problem = parser.parse(record, into: &row) { return problem }
    for (index, input) in schema.inputs.enumerated() where input.feature.type == .uint8 {
      if let number = row.numbers[index].first(where: { !$0.isByte }) {
        let name = input.feature.name
        return number.isNaN
          ? "a value of '\(name)' is missing"
          : "\(number) is not a whole number from 0 to 255 in '\(name)'"
      }
    }
    if schema.target?.task == .classification, classes[row.label] == nil {
      return "'\(row.label)' is not a class of '\(schema.target?.name ?? "")'"
    }
    for index in schema.inputs.indices { appendFeature(index) }
    appendTarget()
    block.rows.append(id)
    return nil
  }

  /// The collected rows; the builder starts anew.
  mutating func take() -> Block {
    defer { block = layout.emptyBlock }
    return block
  }

  private mutating func appendFeature(_ index: Int) {
    let feature = schema.inputs[index].feature
    let numbers = row.numbers[index]
    let values: ColumnValues =
      switch feature.type {
      case .uint8: .uint8(numbers.map { UInt8($0) })
      case .int32: .int32([row.texts[index].flatMap { codes[index][$0] } ?? -1])
      default: .float32(numbers.map { $0.isNaN ? .nan : Float($0) })
      }
    block.features[feature.name]?.append(values)
  }

  private mutating func appendTarget() {
    switch schema.target?.task {
    case .classification: block.target?.append(.int64([Int64(classes[row.label] ?? 0)]))
    case .regression: block.target?.append(.float32([Float(row.target)]))
    case .multiLabel, nil: break
    }
  }
}
