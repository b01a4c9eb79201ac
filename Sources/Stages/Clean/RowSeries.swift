internal import Dataset
internal import Diagnostics
internal import Options
internal import YAML

/// Columns of a dataset as sequences along the rows of each split, or along those of each group.
struct RowSeries {
  private let data: CleaningData
  private let numbers: [NumberColumn]
  private let categories: [Feature]
  private let group: GroupColumn?

  /// - Parameter group: The column whose equal values make rows one sequence.
  init(
    _ numbers: [NumberColumn], _ categories: [Feature], group: Pattern?, of data: CleaningData
  ) throws {
    self.data = data
    self.numbers = numbers
    self.categories = categories
    self.group = try group.map { try GroupColumn($0, data) }
  }

  struct Result {
    /// Values that were missing and are not, and those that still are.
    var filled = ColumnTally()
    var left = ColumnTally()

    /// Rows by split.
    var rows: [SplitName: Int] = [:]
    var warnings: [Diagnostic] = []
    var pass: @Sendable (SplitName) -> FittedStep.Pass = { _ in { $0 } }
  }

  private var names: [String] { numbers.map(\.name) + categories.map(\.name) }

  /// Changes each sequence, the codes of categories as numbers.
  ///
  /// The values of a split lie column after column in a spool: in memory, or in a file where they are many.
  func changed(_ change: @escaping @Sendable ([Float]) throws -> [Float]) throws -> Result {
    var result = Result()
    var spools: [SplitName: Spool<Float>] = [:]
    let count = names.count
    guard count > 0 else { return result }
    for split in data.splits {
      let rows = data.rows[split] ?? 0
      result.rows[split] = rows
      let spool = try Spool<Float>(count: count * rows, in: data.directory)
      let order = try read(split, rows, into: spool, &result)
      let outcomes = data.concurrently(count) { index in
        Swift.Result { try Self.change(spool, index * rows..<(index + 1) * rows, order, change) }
      }
      for (name, outcome) in zip(names, outcomes) {
        let (filled, left) = try outcome.get()
        result.filled.add(filled, of: name, in: split)
        result.left.add(left, of: name, in: split)
      }
      spools[split] = spool
    }
    let (numbers, categories, done) = (numbers, categories, spools)
    let totals = result.rows
    result.pass = { split in
      var start = 0
      return { block in
        guard let spool = done[split], let rows = totals[split] else { return block }
        defer { start += block.count }
        return Self.replaced(block, from: spool, start, rows, numbers, categories)
      }
    }
    return result
  }

  /// Puts a split's values in the spool and tells which rows belong together.
  private func read(
    _ split: SplitName, _ rows: Int, into spool: Spool<Float>, _ result: inout Result
  ) throws -> RowOrder? {
    var start = 0
    var order = group.map { _ in RowOrder() }
    var neighbours = Neighbours()
    try data.forEachBlock(in: split) { block in
      for (index, column) in numbers.enumerated() {
        spool.write(column.values(in: block), at: index * rows + start)
      }
      for (index, feature) in categories.enumerated() {
        guard case .int32(let codes) = block.features[feature.name] else { continue }
        spool.write(
          codes.map { $0 < 0 ? .nan : Float($0) }, at: (numbers.count + index) * rows + start)
      }
      if let group { order?.append(group.keys(of: block)) }
      neighbours.append(block.rows)
      start += block.count
    }
    order?.finish()
    // One is enough: rows were dealt out to all splits in the same way.
    if order == nil, result.warnings.isEmpty, let warning = neighbours.warning(split) {
      result.warnings.append(warning)
    }
    return order
  }

  /// - Returns: How many values were missing and are not, and how many still are.
  private static func change(
    _ spool: Spool<Float>, _ range: Range<Int>, _ order: RowOrder?,
    _ change: ([Float]) throws -> [Float]
  ) throws -> (filled: Int, left: Int) {
    let old = spool.read(range)
    var new: [Float]
    if let order {
      new = old
      for group in order.groups {
        let changed = try change(group.map { old[Int($0)] })
        for (place, value) in zip(group, changed) { new[Int(place)] = value }
      }
    } else {
      new = try change(old)
    }
    spool.write(new, at: range.lowerBound)
    let left = new.count(where: \.isNaN)
    return (old.count(where: \.isNaN) - left, left)
  }

  private static func replaced(
    _ block: Block, from spool: Spool<Float>, _ start: Int, _ rows: Int, _ numbers: [NumberColumn],
    _ categories: [Feature]
  ) -> Block {
    var block = block
    var changed: [String: [Float]] = [:]
    func column(_ index: Int) -> [Float] {
      spool.read(index * rows + start..<index * rows + start + block.count)
    }
    for (index, number) in numbers.enumerated() {
      if changed[number.feature] == nil, case .float32(let values) = block.features[number.feature]
      {
        changed[number.feature] = values
      }
      for (row, value) in column(index).enumerated() {
        changed[number.feature]?[row * number.width + number.element] = value
      }
    }
    for (name, values) in changed { block.features[name] = .float32(values) }
    for (index, feature) in categories.enumerated() {
      block.features[feature.name] = .int32(
        column(numbers.count + index).map { $0.isNaN ? -1 : Int32($0) })
    }
    return block
  }
}

/// The rows of a split by group, each in order.
private struct RowOrder: Sendable {
  private var numbers: [UInt32: Int] = [:]
  private var own: [Int32] = []
  private(set) var groups: [[Int32]] = []

  /// - Parameter keys: What rows of a group have alike.
  mutating func append(_ keys: [UInt32]) {
    for key in keys {
      let number = numbers[key, default: numbers.count]
      numbers[key] = number
      own.append(Int32(number))
    }
  }

  mutating func finish() {
    groups = [[Int32]](repeating: [], count: numbers.count)
    for (place, number) in own.enumerated() { groups[Int(number)].append(Int32(place)) }
  }
}

/// The column that says which rows make one sequence.
private struct GroupColumn: Sendable {
  private let number: NumberColumn?
  private let category: Feature?

  init(_ pattern: Pattern, _ data: CleaningData) throws {
    let choice = try data.columns([pattern])
    guard choice.numbers.count + choice.categories.count == 1 else {
      throw Diagnostic(
        "'\(pattern.text)' is more than one column to group by", remedy: "name a single column")
    }
    number = choice.numbers.first
    category = choice.categories.first
  }

  func keys(of block: Block) -> [UInt32] {
    if let number { return number.values(in: block).map(\.bitPattern) }
    guard let category, case .int32(let codes) = block.features[category.name] else { return [] }
    return codes.map { UInt32(bitPattern: $0) }
  }
}

/// Whether rows that follow each other do so in their source too.
private struct Neighbours {
  private var last: Int64?
  private var steps = 0
  private var gaps = 0

  mutating func append(_ rows: [Int64]) {
    for row in rows {
      if let last {
        steps += 1
        if row != last + 1 { gaps += 1 }
      }
      last = row
    }
  }

  /// - Returns: Nil where all but few do.
  func warning(_ split: SplitName) -> Diagnostic? {
    guard gaps * 10 > steps else { return nil }
    return Diagnostic(
      "\(gaps) of \(steps) rows of the split '\(split.rawValue)' are followed by another than the "
        + "next of their source, so that values are made from rows further away",
      severity: .warning,
      remedy:
        "split rows in their order, by time or by a column, where it means something; or fill "
        + "with the median")
  }
}
