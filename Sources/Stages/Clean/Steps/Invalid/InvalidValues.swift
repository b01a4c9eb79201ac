internal import Dataset
internal import Diagnostics
internal import Network
internal import YAML

/// Finds values that cannot be.
struct InvalidValues {
  typealias Limit = (column: NumberColumn, range: ClosedRange<Double>)

  private let data: CleaningData
  private let limits: [Limit]

  /// The codes of each category that are not allowed.
  private let forbidden: [String: Set<Int32>]

  /// The classes that are not allowed, and those that no training row has.
  private let unknown: Set<Int64>

  struct Found {
    var rows: [SplitName: RowMask] = [:]

    /// Rows whose label is at fault.
    var labels: [SplitName: RowMask] = [:]
    var columns = ColumnTally()

    /// Some of them, for people.
    var listed: [String] = []
  }

  init(limits: [Limit], allowed: [String: [String]], _ data: CleaningData) throws {
    self.data = data
    self.limits = limits
    var forbidden: [String: Set<Int32>] = [:]
    let categories = data.features.filter { $0.kind == .category }
    for (name, texts) in allowed.sorted(by: { $0.key < $1.key }) where name != data.target?.name {
      guard let feature = categories.first(where: { $0.name == name }) else {
        throw Self.noCategory(name, among: categories.map(\.name) + [data.target?.name ?? ""])
      }
      let codes = feature.categories.indices.filter { !texts.contains(feature.categories[$0]) }
      forbidden[name] = Set(codes.map { Int32($0) })
    }
    self.forbidden = forbidden
    unknown = try Self.unknownClasses(allowed, data)
  }

  private static func noCategory(_ name: String, among known: [String]) -> Diagnostic {
    var problem = Diagnostic("no category and no target is named '\(name)'")
    if let near = nearestName(to: name, in: known.filter { !$0.isEmpty }) {
      problem.notes.append(Note("did you mean '\(near)'?"))
    }
    return problem
  }

  private static func unknownClasses(
    _ allowed: [String: [String]], _ data: CleaningData
  ) throws -> Set<Int64> {
    guard let target = data.target, !target.classes.isEmpty else { return [] }
    let all = Set(target.classes.indices.map { Int64($0) })
    if let texts = allowed[target.name] {
      return all.filter { !texts.contains(target.classes[Int($0)]) }
    }
    var seen: Set<Int64> = []
    try data.forEachBlock(in: .train) { block in
      if case .int64(let codes) = block.target { seen.formUnion(codes) }
    }
    return all.subtracting(seen)
  }

  func found() throws -> Found {
    var found = Found()
    for split in data.splits {
      var (mask, labels) = (RowMask(), RowMask())
      try data.forEachBlock(in: split) { block in
        var isBad = [Bool](repeating: false, count: block.count)
        func report(_ place: Int, _ column: String, _ value: @autoclosure () -> String) {
          found.columns.add(1, of: column, in: split)
          isBad[place] = true
          guard found.listed.count < 10 else { return }
          found.listed.append(
            "row \(block.rows[place]) of the source has \(value()) in '\(column)'")
        }
        for (column, range) in limits {
          for (place, value) in column.values(in: block).enumerated() {
            if value.isNaN || (value.isFinite && range.contains(Double(value))) { continue }
            report(place, column.name, "\(value)")
          }
        }
        for (name, codes) in forbidden.sorted(by: { $0.key < $1.key }) where !codes.isEmpty {
          guard case .int32(let values) = block.features[name] else { continue }
          for (place, code) in values.enumerated() where codes.contains(code) {
            let texts = data.features.first { $0.name == name }?.categories ?? []
            report(place, name, "'\(texts[Int(code)])'")
          }
        }
        var isUnknown = [Bool](repeating: false, count: block.count)
        if !unknown.isEmpty, let target = data.target, case .int64(let codes) = block.target,
          codes.count == block.count
        {
          for (place, code) in codes.enumerated() where unknown.contains(code) {
            report(place, target.name, "the unknown label '\(target.classes[Int(code)])'")
            isUnknown[place] = true
          }
        }
        for place in isBad.indices {
          mask.append(isBad[place])
          labels.append(isUnknown[place])
        }
      }
      found.rows[split] = mask
      found.labels[split] = labels
    }
    return found
  }

  func dropping(_ found: Found) -> FittedStep {
    .dropping(
      found.rows, metrics: ["dropped": Value(perSplit: found.rows), "columns": found.columns.value])
  }

  /// Makes the values missing, those of new rows too, and drops the rows with an unknown label.
  func marking(_ found: Found) -> FittedStep {
    var lows: [String: [Float]] = [:]
    var highs: [String: [Float]] = [:]
    for (column, range) in limits {
      let end = [Float](repeating: .greatestFiniteMagnitude, count: column.width)
      lows[column.feature, default: end.map { -$0 }][column.element] = Float(range.lowerBound)
      highs[column.feature, default: end][column.element] = Float(range.upperBound)
    }
    let limit = LimitRange(low: lows, high: highs, marks: true)
    let mark = MarkMissing(
      numbers: [], elements: [:],
      codes: forbidden.filter { !$0.value.isEmpty }.mapValues { $0.sorted() })
    var marked = FittedStep(
      metrics: ["marked": found.columns.totals(data.splits), "columns": found.columns.value],
      changing: found.columns.splits
    ) { mark.apply(to: limit.apply(to: $0)) }
    marked.applied = mark.codes.isEmpty ? [limit] : [limit, mark]
    return marked.followed(
      by: .dropping(found.labels, metrics: ["dropped": Value(perSplit: found.labels)]))
  }
}
