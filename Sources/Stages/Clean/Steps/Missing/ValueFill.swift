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
    let step = FillMissing(numbers: numbers, codes: codes)
    var filled = ColumnTally()
    var left = ColumnTally()
    for split in data.splits {
      try data.forEachBlock(in: split) { block in
        let after = step.apply(to: block)
        for (before, now) in zip(columns.missing(in: block), columns.missing(in: after)) {
          filled.add(before.count - now.count, of: now.name, in: split)
          left.add(now.count, of: now.name, in: split)
        }
      }
    }
    var fitted = FittedStep(
      metrics: [
        "filled": filled.totals(data.splits), "left": left.totals(data.splits),
        "columns": filled.value, "values": step.listing(numbers, codes, features),
      ], changing: filled.splits
    ) { step.apply(to: $0) }
    fitted.features = features
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
    let filling = filling
    let fitted = try data.mapTrainingColumns(columns.numbers) { statistics -> Float? in
      guard !statistics.isEmpty else { return nil }
      return switch filling {
      case .mean: Float(statistics.mean)
      case .mode: statistics.mode
      default: Float(statistics.quantile(0.5))
      }
    }
    for (column, value) in zip(columns.numbers, fitted) {
      guard let value else { throw Self.nothingKnown(of: column.name) }
      values[column] = value
    }
    return values
  }

  private static func nothingKnown(of column: String) -> Diagnostic {
    Diagnostic(
      "the column '\(column)' has no value in the training split to fill with",
      remedy: "leave the column out of the features, or fill it with a constant")
  }

  /// Only the mode and a constant make sense for a category.
  private func fitCategories(
    _ data: CleaningData, _ features: inout [Feature]
  ) throws -> [String: Int32] {
    switch filling {
    case .mode:
      let codes = try data.mostFrequentCodes(columns.categories)
      for feature in columns.categories where codes[feature.name] == nil {
        throw Self.nothingKnown(of: feature.name)
      }
      return codes
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
}

extension CleaningData {
  /// The most frequent category of each feature in the training split, the first of several; none for a
  /// feature without any.
  func mostFrequentCodes(_ categories: [Feature]) throws -> [String: Int32] {
    var counts = categories.map { [Int](repeating: 0, count: $0.categories.count) }
    try forEachBlock(in: .train) { block in
      for (index, feature) in categories.enumerated() {
        guard case .int32(let codes) = block.features[feature.name] else { continue }
        for code in codes where code >= 0 { counts[index][Int(code)] += 1 }
      }
    }
    var codes: [String: Int32] = [:]
    for (feature, counts) in zip(categories, counts) {
      guard let most = counts.max(), most > 0, let code = counts.firstIndex(of: most) else {
        continue
      }
      codes[feature.name] = Int32(code)
    }
    return codes
  }
}

extension FillMissing {
  /// Gathers the fitted values feature by feature.
  init(numbers: [NumberColumn: Float], codes: [String: Int32], remark: String? = nil) {
    var values: [String: [Float]] = [:]
    for (column, number) in numbers {
      var row = values[column.feature] ?? [Float](repeating: .nan, count: column.width)
      row[column.element] = number
      values[column.feature] = row
    }
    self.init(numbers: values, codes: codes, remark: remark)
  }

  /// The fitted value of each column, for people.
  func listing(
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
