internal import Dataset
internal import Diagnostics
internal import YAML

/// Puts one value for each column where values are missing.
struct ValueFill {
  private let filling: Clean.Filling
  private let columns: ColumnChoice

  /// Whether the user named the columns, so that one that cannot be filled is a mistake.
  private let isNamed: Bool

  init(_ filling: Clean.Filling, _ columns: ColumnChoice, isNamed: Bool) {
    self.filling = filling
    self.columns = columns
    self.isNamed = isNamed
  }

  func fit(_ data: CleaningData) throws -> FittedStep {
    var features = data.features
    let numbers = try fitNumbers(data)
    let codes = try fitCategories(data, &features)
    let step = FillMissing(features: features, numbers: numbers, codes: codes)
    var counts: [SplitName: Int] = [:]
    var left: [SplitName: Int] = [:]
    for split in data.splits {
      counts[split] = 0
      left[split] = 0
      try data.forEachBlock(in: split) { block in
        let filled = step.apply(to: block)
        counts[split, default: 0] += block.missingCount - filled.missingCount
        left[split, default: 0] += filled.missingCount
      }
    }
    var fitted = FittedStep(
      metrics: [
        "filled": Value(perSplit: counts), "left": Value(perSplit: left),
        "values": values(numbers, codes, features),
      ])
    fitted.changed = Set(counts.filter { $0.value > 0 }.keys)
    fitted.features = features
    fitted.apply = { step.apply(to: $0) }
    fitted.applied = [step]
    return fitted
  }

  private func fitNumbers(_ data: CleaningData) throws -> [NumberColumn: Float] {
    var values: [NumberColumn: Float] = [:]
    if case .constant(let constant) = filling {
      guard case .number(let number) = constant else {
        if isNamed, let column = columns.numbers.first {
          throw Diagnostic("a text cannot fill the number column '\(column.name)'")
        }
        return [:]
      }
      for column in columns.numbers { values[column] = Float(number) }
      return values
    }
    try data.forEachTrainingColumn(columns.numbers) { column, present in
      guard !present.isEmpty else {
        throw Diagnostic(
          "the column '\(column.name)' has no value in the training split to fill with",
          remedy: "leave the column out of the features, or fill it with a constant")
      }
      let statistics = ColumnStatistics(present)
      values[column] =
        switch filling {
        case .mean: Float(statistics.mean)
        case .mode: statistics.mode
        default: Float(statistics.quantile(0.5))
        }
    }
    return values
  }

  /// Only the mode and a constant make sense for a category.
  private func fitCategories(
    _ data: CleaningData, _ features: inout [Feature]
  ) throws -> [String: Int32] {
    switch filling {
    case .mode: return try mostFrequent(data)
    case .constant(.text(let text)):
      var codes: [String: Int32] = [:]
      for index in features.indices where columns.categories.contains(features[index]) {
        let known = features[index].categories.firstIndex(of: text)
        codes[features[index].name] = Int32(known ?? features[index].categories.count)
        if known == nil { features[index].categories.append(text) }
      }
      return codes
    default:
      if isNamed, let feature = columns.categories.first {
        throw Diagnostic(
          "the category '\(feature.name)' has no mean and no median",
          remedy: "fill it with 'mode', or with a text of your own as in {constant: none}")
      }
      return [:]
    }
  }

  private func mostFrequent(_ data: CleaningData) throws -> [String: Int32] {
    var counts = columns.categories.map { [Int](repeating: 0, count: $0.categories.count) }
    try data.forEachBlock(in: .train) { block in
      for (index, feature) in columns.categories.enumerated() {
        guard case .int32(let codes) = block.features[feature.name] else { continue }
        for code in codes where code >= 0 { counts[index][Int(code)] += 1 }
      }
    }
    var codes: [String: Int32] = [:]
    for (feature, counts) in zip(columns.categories, counts) {
      guard let most = counts.max(), most > 0, let code = counts.firstIndex(of: most) else {
        throw Diagnostic(
          "the column '\(feature.name)' has no value in the training split to fill with")
      }
      codes[feature.name] = Int32(code)
    }
    return codes
  }

  private func values(
    _ numbers: [NumberColumn: Float], _ codes: [String: Int32], _ features: [Feature]
  ) -> Value {
    var values: [String: Value] = [:]
    for (column, number) in numbers { values[column.name] = .double(Double(number)) }
    for feature in features {
      if let code = codes[feature.name] {
        values[feature.name] = .string(feature.categories[Int(code)])
      }
    }
    return .object(values)
  }
}

extension Block {
  /// Missing values in all features.
  var missingCount: Int { features.values.reduce(0) { $0 + $1.missingCount } }
}

extension FillMissing {
  /// Gathers the fitted values feature by feature.
  fileprivate init(
    features: [Feature], numbers: [NumberColumn: Float], codes: [String: Int32]
  ) {
    var values: [String: [Float]] = [:]
    for (column, number) in numbers {
      var row = values[column.feature] ?? [Float](repeating: .nan, count: column.width)
      row[column.element] = number
      values[column.feature] = row
    }
    self.init(numbers: values, codes: codes)
  }
}
