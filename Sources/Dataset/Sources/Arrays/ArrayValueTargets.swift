internal import Diagnostics

/// Collects what the values of several targets show: amounts that are predicted together, or labels where all
/// of them are 0 and 1.
///
/// The values are those of an array of the shape `[N, K]`, or of several arrays side by side.
struct ArrayValueTargets {
  private let columns: [String]
  private let arrays: [String]
  private let task: RowRequest.Task?

  /// There is no line that a value of an array stands on.
  private let place: SourceRange
  private let file: SourceFile

  private var surveys: [ColumnSurvey]
  private var roundings: [FloatRounding]

  /// The values of all rows, row after row.
  private var values: [Float] = []

  /// Whether every value is 0 or 1.
  private var areIndicators = true

  /// How many rows have a single 1.
  private var rowsOfOne = 0
  private var rows = 0

  init(_ plan: ArrayPlan, _ task: RowRequest.Task?, file: SourceFile) {
    columns = plan.targetColumns
    arrays = plan.targets
    self.task = task
    self.file = file
    place = SourceRange(file: file.name, line: 1, column: 1)
    surveys = columns.map { _ in ColumnSurvey() }
    roundings = columns.map { _ in FloatRounding() }
  }

  private var width: Int { columns.count }

  /// Adds the rows of a part, and finds those that miss a value.
  mutating func add(_ part: ArrayPart, _ problems: inout [Int: String]) throws {
    var parts: [(values: [Double], width: Int)] = []
    for name in arrays {
      guard let array = part.arrays[name] else { continue }
      var numbers: [Double] = []
      try array.forEachBlock { bytes, decoder in numbers += decoder.doubles(bytes) }
      parts.append((numbers, array.layout.width))
    }
    let count = parts.first.map { $0.values.count / $0.width } ?? 0
    var byColumn = columns.map { _ in [Double]() }
    for row in 0..<count {
      var column = 0
      var ones = 0
      for part in parts {
        for number in part.values[row * part.width..<(row + 1) * part.width] {
          if let problem = problem(number, column) { problems[row] = problems[row] ?? problem }
          if number != 0, number != 1 { areIndicators = areIndicators && number.isNaN }
          ones += number == 1 ? 1 : 0
          values.append(Float(number))
          byColumn[column].append(number)
          column += 1
        }
      }
      rowsOfOne += ones == 1 ? 1 : 0
    }
    rows += count
    for (column, numbers) in byColumn.enumerated() {
      let cells = try NumberColumn(numbers)
      let batch = TableBatch(
        firstID: 0, rows: count, file: 0, rowsBefore: 0, columns: [],
        places: RowPlaces(file: file, firstRow: 1))
      surveys[column].add(.numbers(cells), of: batch)
      roundings[column].add(cells.facts.rounding)
    }
  }

  private func problem(_ number: Double, _ column: Int) -> String? {
    if number.isNaN { return "the target '\(columns[column])' is missing" }
    if number.isInfinite {
      return "\(number) in the target '\(columns[column])' is not a finite number"
    }
    guard task == .multiLabel, number != 0, number != 1 else { return nil }
    return "\(number) in the target '\(columns[column])' is neither 0 nor 1"
  }

  private var settledTask: Target.Task {
    switch task {
    case .multiLabel?: .multiLabel
    case .regression?: .regression
    default: areIndicators && width > 1 ? .multiLabel : .regression
    }
  }

  func target() throws(Diagnostic) -> Target {
    let isSeveral = width > 1 || settledTask == .multiLabel
    return Target(
      name: isSeveral ? Target.name(ofColumns: columns) : columns[0], task: settledTask,
      classes: settledTask == .multiLabel ? columns : [], columns: isSeveral ? columns : [])
  }

  /// The labels of a row, by their places.
  func labels(ofRow row: Int) -> [Int32] {
    (0..<width).filter { values[row * width + $0] == 1 }.map(Int32.init)
  }

  /// The first value of a row.
  func value(ofRow row: Int) -> Float { values[row * width] }

  /// What was decided because nobody said it.
  var decisions: [String] {
    guard task == nil else { return [] }
    let all = Target.name(ofColumns: columns)
    return settledTask == .multiLabel
      ? [
        "the targets \(all) say of each row whether it has a label, and are taken for labels; 'task: "
          + "regression' takes them for amounts"
      ] : ["the targets \(all) are taken for amounts, which are predicted together"]
  }

  /// What its user should know.
  var warnings: [Diagnostic] {
    var found: [Diagnostic] = []
    if settledTask == .multiLabel, task == nil, rows > 1, rowsOfOne == rows {
      found.append(
        Diagnostic(
          "every row has exactly one of the labels \(Target.name(ofColumns: columns)), as classes do "
            + "that are told by a 1 each",
          severity: .warning,
          remedy: "save the class of each row, as `y.argmax(axis=1)` gives it, to predict it",
          "`task: multi-label` takes them for labels"))
    }
    if settledTask == .regression {
      found += zip(columns, roundings).compactMap { $1.problem(ofTarget: $0, at: place) }.prefix(1)
    }
    return found.map { warning in
      var warning = warning
      warning.range = nil
      return warning
    }
  }
}
