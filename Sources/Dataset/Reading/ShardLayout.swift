internal import Network
internal import Tensor

/// Which columns the shards of a dataset have, in order: the row ids, the features, the target and
/// the weights.
///
/// Other programs see what a column means: a category and a class are dictionaries of their texts, a
/// number is a column of its own, and what is missing is null. Several numbers of one feature lie row by
/// row in a list, as they are read in training, and pictures in a tensor.
///
/// A feature may have any name; the columns `row`, `target` and `weight` get a `_` where one has theirs.
struct ShardLayout: Hashable, Sendable {
  let features: [Feature]
  let columns: [TableColumn]

  /// The places of the columns that are no feature.
  let row = 0
  let target: Int?
  let weight: Int?

  /// How many codes the target may have: the classes, or 0 and 1 for labels; nil for values.
  let classes: Int?

  /// What each value of the target is called.
  private let targetElements: [String]

  init(_ description: DatasetDescription) {
    self.init(
      features: description.features, target: description.target,
      isWeighted: description.isWeighted)
  }

  init(features: [Feature], target: Target?, isWeighted: Bool) {
    self.features = features
    targetElements = target?.elements ?? []
    let taken = Set(features.map(\.name))
    func own(_ name: String, _ type: ElementType, _ shape: [Int] = []) -> TableColumn {
      TableColumn(name: name.avoiding(taken), type: type, shape: shape)
    }
    var columns = [own("row", .int64)]
    columns += features.map(Self.column)
    self.target = target == nil ? nil : columns.count
    if let target {
      var column = own("target", target.type, target.shape)
      if target.task == .classification { column.texts = target.classes }
      columns.append(column)
    }
    classes =
      switch target?.task {
      case .classification: target?.classes.count
      case .multiLabel: 2
      case .regression, nil: nil
      }
    weight = isWeighted ? columns.count : nil
    if isWeighted { columns.append(own("weight", .float32)) }
    self.columns = columns
  }

  private static func column(_ feature: Feature) -> TableColumn {
    var column = TableColumn(name: feature.name, type: feature.type, shape: feature.shape)
    guard feature.shape == [1] else { return column }
    if feature.kind == .category, feature.type == .int32 {
      (column.shape, column.texts, column.isNullable) = ([], feature.categories, true)
    } else if feature.type == .float32 {
      (column.shape, column.isNullable) = ([], true)
    }
    return column
  }

  /// The columns as shards of the first format have them: codes without their texts, and single values as
  /// tensors of one.
  var plainColumns: [TableColumn] {
    var columns = self.columns
    for (index, feature) in features.enumerated() {
      columns[index + 1] = TableColumn(
        name: feature.name, type: feature.type, shape: feature.shape)
    }
    if let target { columns[target].texts = nil }
    return columns
  }

  /// The names of the elements of each column that has several.
  var elementNames: [(column: Int, names: [String])] {
    let named = features.enumerated().map { ($0 + 1, $1.elements) }
    return (named + [target.map { ($0, targetElements) }].compactMap { $0 }).filter {
      let shape = columns[$0].shape
      return shape.count == 1 && shape[0] > 1 && $1.count == shape[0]
    }
  }

  /// Bytes of one row.
  var rowBytes: Int { columns.reduce(0) { $0 + $1.width * $1.type.size } }

  /// No values of a column.
  func empty(_ column: Int) -> ColumnValues {
    guard let values = ColumnValues(empty: columns[column].type) else {
      preconditionFailure("the column's type was let through")
    }
    return values
  }

  /// A block without rows.
  var emptyBlock: Block { emptyBlock(capacity: 0) }

  /// A block without rows that has room for so many.
  func emptyBlock(capacity: Int) -> Block {
    block(
      columns.indices.map { column in
        var values = empty(column)
        values.reserveCapacity(capacity * columns[column].width)
        return values
      })
  }

  /// A block of the values of each column in order.
  func block(_ values: [ColumnValues]) -> Block {
    guard case .int64(let rows) = values[row] else { preconditionFailure("row ids are int64") }
    var block = Block(rows: rows, features: [:])
    for (index, feature) in features.enumerated() {
      block.features[feature.name] = values[index + 1]
    }
    block.target = target.map { values[$0] }
    if let weight, case .float32(let weights) = values[weight] { block.weights = weights }
    return block
  }

  /// The values of each column in order.
  func values(_ block: Block) -> [ColumnValues] {
    var values = [ColumnValues.int64(block.rows)]
    for feature in features {
      guard let column = block.features[feature.name] else {
        preconditionFailure("a block lacks the feature '\(feature.name)'")
      }
      values.append(column)
    }
    if target != nil {
      guard let target = block.target else { preconditionFailure("a block lacks its target") }
      values.append(target)
    }
    if weight != nil {
      values.append(.float32(block.weights ?? [Float](repeating: 1, count: block.count)))
    }
    return values
  }
}

extension String {
  /// The name, followed by as many `_` as it takes to be none of those that are taken.
  func avoiding(_ taken: Set<String>) -> String {
    var name = self
    while taken.contains(name) { name += "_" }
    return name
  }
}

extension Target {
  /// What each of its values is called: the columns, or the labels of a single one.
  var elements: [String] {
    task == .multiLabel && columns.isEmpty ? classes : valueNames
  }
}
