internal import Diagnostics
internal import Network
internal import Tensor

/// Collects what only all rows of arrays together tell: the target, categories, and whether pictures of whole
/// numbers fit in bytes. Arrays that tell nothing of that are not read.
struct ArraySurvey {
  private let plan: ArrayPlan
  private var facts = RowFacts()
  private var targets: ArrayTargets?
  private var values: ArrayValueTargets?
  private var categories: [String: TextIndex] = [:]
  private var fitsBytes: [String: Bool] = [:]
  private var groups = TextIndex()

  init(_ plan: ArrayPlan, _ task: RowRequest.Task?, file: SourceFile) {
    self.plan = plan
    if plan.hasOneTarget, task != .multiLabel {
      targets = plan.targets.first.map { ArrayTargets($0, task, file: file) }
    } else if !plan.targets.isEmpty {
      values = ArrayValueTargets(plan, task, file: file)
    }
    for input in plan.inputs {
      if input.arrangement == .codes { categories[input.feature.name] = TextIndex() }
      if input.feature.type == .uint8 { fitsBytes[input.feature.name] = true }
    }
  }

  mutating func add(
    _ part: ArrayPart, index: Int, firstRow: Int, rows: Int, _ bad: inout BadRows
  ) throws {
    try addFeatures(part)
    var problems: [Int: String] = [:]
    try addTarget(part, &problems)
    try values?.add(part, &problems)
    let groups = try texts(plan.group, part, "the group", &problems)
    let splits = try texts(plan.split, part, "the split", &problems)
    let names = plan.names
    let title = names.compactMap { part.arrays[$0] }.first?.file.name ?? part.fileName
    for row in 0..<rows {
      var split: SplitName?
      if !splits.isEmpty, problems[row] == nil {
        split = splits[row].flatMap { SplitName(rawValue: $0) ?? SplitFolders.split(named: $0) }
        if split == nil {
          problems[row] = "'\(splits[row] ?? "")' is not train, validation or test"
        }
      }
      if let problem = problems[row] {
        try bad.add(Diagnostic("row \(row + 1) of '\(title)': \(problem)"))
        dropped.append(firstRow + row)
        continue
      }
      facts.ids.append(Int64(firstRow + row))
      facts.files.append(Int64(index))
      if let split = split ?? part.split { facts.splits.append(split) }
      if !groups.isEmpty, let group = groups[row] {
        guard let code = self.groups.code(of: group) else { throw TextIndex.tooMany("the group") }
        facts.groups.append(code)
      }
    }
  }

  /// Rows that cannot be used, by their place among all.
  private var dropped: [Int] = []

  /// Settles the features and the target.
  mutating func finish(
    _ features: inout [Feature], _ target: inout Target?
  ) throws(Diagnostic) -> RowFacts {
    for index in features.indices {
      let name = features[index].name
      if let texts = categories[name] { features[index].categories = texts.sorted }
      if fitsBytes[name] == false { features[index].type = .float32 }
    }
    if let values {
      let settled = try values.target()
      target = settled
      if settled.task == .multiLabel {
        var sets = LabelSets()
        for id in facts.ids { sets.append(values.labels(ofRow: Int(id))) }
        facts.labelSets = sets
      } else if settled.width == 1 {
        facts.values = facts.ids.map { values.value(ofRow: Int($0)) }
      }
    }
    guard let targets else { return facts }
    let settled = try targets.target()
    target = settled
    if settled.task == .classification {
      let ranks = targets.ranks
      facts.labels = facts.ids.map { ranks[Int(targets.codes[Int($0)])] }
    }
    return facts
  }

  var warnings: [Diagnostic] { (targets?.warnings ?? []) + (values?.warnings ?? []) }

  var decisions: [String] { values?.decisions ?? [] }

  // MARK: - Passes over single arrays

  private mutating func addFeatures(_ part: ArrayPart) throws {
    for input in plan.inputs {
      guard let array = part.arrays[input.arrays[0]] else { continue }
      let name = input.feature.name
      if var texts = categories[name] {
        categories[name] = nil
        try array.forEachBlock { bytes, decoder in
          for case let text? in decoder.texts(bytes) where texts.code(of: text) == nil {
            throw TextIndex.tooMany("the category '\(name)'")
          }
        }
        categories[name] = texts
      }
      if fitsBytes[name] == true { fitsBytes[name] = try fitsInBytes(array) }
    }
  }

  private func fitsInBytes(_ array: StoredArray) throws -> Bool {
    if array.layout.element.isByte { return true }
    guard array.layout.element.isInteger else { return false }
    var fits = true
    try array.forEachBlock { bytes, decoder in
      fits = fits && decoder.floats(bytes).allSatisfy { $0 >= 0 && $0 <= 255 }
    }
    return fits
  }

  private mutating func addTarget(_ part: ArrayPart, _ problems: inout [Int: String]) throws {
    guard var targets, let name = plan.targets.first, let array = part.arrays[name] else { return }
    self.targets = nil
    var row = 0
    try array.forEachBlock { bytes, decoder in
      try targets.add(bytes, decoder)
      if decoder.element.isText || decoder.element.kind == .float
        || decoder.element.kind == .brainFloat
      {
        for text in decoder.texts(bytes) {
          if text == nil { problems[row] = "the target '\(name)' is missing" }
          row += 1
        }
      }
    }
    self.targets = targets
  }

  private func texts(
    _ name: String?, _ part: ArrayPart, _ what: String, _ problems: inout [Int: String]
  ) throws -> [String?] {
    guard let name, let array = part.arrays[name] else { return [] }
    var texts: [String?] = []
    try array.forEachBlock { bytes, decoder in texts += decoder.texts(bytes) }
    for (row, text) in texts.enumerated() where text == nil && problems[row] == nil {
      problems[row] = "\(what) '\(name)' is missing"
    }
    return texts
  }
}

extension StoredArray {
  /// Calls `body` with the bytes of some rows after the other.
  func forEachBlock(_ body: ([UInt8], ArrayDecoder) throws -> Void) throws {
    let rows = try ArrayRows(self)
    let decoder = ArrayDecoder(element: layout.element)
    let atOnce = max(1, ArraySource.blockBytes / max(1, layout.rowBytes))
    for first in stride(from: 0, to: layout.rows, by: atOnce) {
      try body(rows.next(min(atOnce, layout.rows - first)), decoder)
    }
  }
}
