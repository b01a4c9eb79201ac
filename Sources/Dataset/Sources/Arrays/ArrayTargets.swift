internal import Diagnostics

/// Collects what the values of a target array show: what is learnt of it, and its classes.
struct ArrayTargets {
  private let name: String
  private var survey = ColumnSurvey()
  private var classes = TextIndex()
  private var rounding = FloatRounding()
  private let task: RowRequest.Task?

  /// There is no line that a value of an array stands on.
  private let place: SourceRange
  private let file: SourceFile

  /// Whether the target is one of texts.
  private var isText = false

  /// For each row the number of its text among those of `classes`, as they come; -1 where it has none.
  private(set) var codes: [Int32] = []

  /// Whether there are more different values than classes may be.
  private var hasTooMany = false

  init(_ name: String, _ task: RowRequest.Task?, file: SourceFile) {
    self.name = name
    self.task = task
    self.file = file
    place = SourceRange(file: file.name, line: 1, column: 1)
  }

  mutating func add(_ bytes: [UInt8], _ decoder: ArrayDecoder) throws(Diagnostic) {
    if decoder.element.isText {
      isText = true
    } else {
      let numbers = decoder.doubles(bytes)
      let column = try NumberColumn(numbers)
      survey.add(.numbers(column), of: batch(numbers.count))
      rounding.add(column.facts.rounding)
      if settledTask == .regression {
        codes += [Int32](repeating: 0, count: bytes.count / decoder.element.size)
        return
      }
    }
    for text in decoder.texts(bytes) {
      guard let text else {
        codes.append(-1)
        continue
      }
      guard !hasTooMany else { continue }
      if let code = classes.code(of: text) { codes.append(code) } else { hasTooMany = true }
    }
  }

  private func batch(_ rows: Int) -> TableBatch {
    TableBatch(
      firstID: 0, rows: rows, file: 0, rowsBefore: 0, columns: [],
      places: RowPlaces(file: file, firstRow: 1))
  }

  /// What is learnt, as far as it is known.
  private var settledTask: Target.Task? {
    if isText { return .classification }
    switch task {
    case .classification?: return .classification
    case .regression?: return .regression
    default: return survey.isIntegral ? nil : TargetChoice(survey).task
    }
  }

  private var taskAtLast: Target.Task { settledTask ?? TargetChoice(survey).task }

  /// The target, with its classes in order.
  func target() throws(Diagnostic) -> Target {
    if isText, task == .regression {
      throw Diagnostic(
        "the target '\(name)' holds texts, and no numbers",
        remedy: "write `task: classification`, or save it as numbers")
    }
    guard taskAtLast == .classification else { return Target(name: name, task: .regression) }
    guard !hasTooMany else { throw TextIndex.tooMany("the target '\(name)'") }
    return Target(name: name, task: .classification, classes: classes.sorted)
  }

  /// The place of each class in order, by the number under which it came.
  var ranks: [Int32] { classes.ranks }

  /// What its user should know.
  var warnings: [Diagnostic] {
    var found = SurveyedColumn(name, at: place, .target, survey).warnings
    if task != nil { found = [] }
    if taskAtLast == .regression {
      found += [rounding.problem(ofTarget: name, at: place)].compactMap { $0 }
    }
    return found.map { warning in
      var warning = warning
      warning.range = nil
      return warning
    }
  }
}
