package import Diagnostics
internal import Network
internal import Options
internal import Tensor
package import YAML

/// Rows of arrays in files, whose first axis is that of the rows.
package struct ArraySource: RowSource {
  let parts: [ArrayPart]
  let plan: ArrayPlan
  private let request: RowRequest

  /// The key of the source, for the record.
  private let format: String
  private let layout: ImageLayout?

  package private(set) var features: [Feature]
  package private(set) var target: Target?
  package private(set) var warnings: [Diagnostic] = []
  package let remarks: [String]
  package private(set) var decisions: [String] = []

  /// The most bytes of rows that are read at once.
  static let blockBytes = 4 << 20

  init(
    _ listing: ArrayListing, _ request: RowRequest, layout: ImageLayout?, format: String
  ) throws(ArrayMisfit) {
    parts = listing.parts
    self.request = request
    self.format = format
    self.layout = layout
    let plan = try ArrayPlan(listing.parts, request, layout: layout)
    self.plan = plan
    features = plan.inputs.map(\.feature)
    remarks = listing.remarks + plan.remarks
    guard !listing.splits.isEmpty else { return }
    if let part = parts.first(where: { $0.split == nil }),
      let other = parts.first(where: { $0.split != nil })
    {
      throw ArrayMisfit(
        Diagnostic(
          "the arrays of '\(part.fileName)' tell no split where those of '\(other.fileName)' do",
          remedy: "load one of the files, or give all arrays names with or without a split"))
    }
    if request.isDealtOut {
      throw ArrayMisfit(
        path: ["split"],
        Diagnostic(
          "the arrays tell their splits by names, and 'split' would deal out their rows anew",
          remedy: "remove 'split' to take them as they are"))
    }
  }

  /// The first row of each part among all.
  var starts: [Int] {
    var start = 0
    return parts.map { part in
      defer { start += rows(of: part) }
      return start
    }
  }

  func rows(of part: ArrayPart) -> Int {
    plan.names.first.flatMap { part.arrays[$0] }?.layout.rows ?? 0
  }

  package var provenance: Value {
    var value: Value = [
      "format": .string(format), "files": .array(parts.map { .string($0.fileName) }),
      "arrays": .object(
        Dictionary(plan.inputs.map { ($0.feature.name, .array($0.arrays.map(Value.string))) }) {
          first, _ in first
        }),
    ]
    if !plan.targets.isEmpty { value["targets"] = .array(plan.targets.map(Value.string)) }
    if let layout { value["layout"] = .string(layout.name) }
    return value
  }

  package func fileName(_ place: Int) -> String { parts[place].fileName }

  package mutating func survey(_ bad: inout BadRows) throws -> RowFacts {
    var survey = ArraySurvey(
      plan, request.task, file: SourceFile(path: "", name: parts.first?.fileName ?? ""))
    for (index, part) in parts.enumerated() {
      try survey.add(part, index: index, firstRow: starts[index], rows: rows(of: part), &bad)
    }
    let facts = try survey.finish(&features, &target)
    warnings = survey.warnings
    decisions = survey.decisions
    try Diagnostics(warnings.filter { $0.severity == .error }).throwIfErrors()
    return facts
  }

  package func read(
    _ bad: inout BadRows, where isWanted: ((Int64) -> Bool)?, _ body: (Block) throws -> Void
  ) throws {
    let inputs = zip(plan.inputs, features).map { input, feature in
      ArrayInput(feature: feature, arrays: input.arrays, arrangement: input.arrangement)
    }
    for (part, start) in zip(parts, starts) {
      let reader = try ArrayBlockReader(
        part, inputs, target: target.map { ($0, plan.targets) })
      let count = rows(of: part)
      for first in stride(from: 0, to: count, by: reader.rowsAtOnce) {
        let rows = first..<min(first + reader.rowsAtOnce, count)
        let block = try reader.next(rows.count, firstID: Int64(start + rows.lowerBound))
        let wanted = block.rows.indices.filter { isWanted?(block.rows[$0]) ?? true }
        if wanted.isEmpty { continue }
        try body(wanted.count == block.count ? block : block.selecting(wanted))
      }
    }
  }
}
