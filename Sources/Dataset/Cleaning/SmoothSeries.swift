package import Diagnostics
package import YAML

/// Records that numbers were smoothed along the rows.
///
/// New rows come without those around them, so that they stay as they are.
package struct SmoothSeries: DeferredStep {
  package static let kind = "smooth-series"

  /// The filter's settings as written, and the columns that it went along.
  package var filter: Value
  package var columns: [String]

  package init(filter: Value, columns: [String]) {
    self.filter = filter
    self.columns = columns
  }

  package init(_ value: Value) throws(Diagnostic) {
    let reader = try MemberReader(value, path: Self.kind, file: "a recorded step")
    columns = try reader.strings("columns")
    filter = reader.object["filter"] ?? .null
  }

  package var value: Value {
    ["filter": filter, "columns": .array(columns.map(Value.string))]
  }

  package var remark: String? {
    let names = columns.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return
      "Values of \(names)\(columns.count > 12 ? " and others" : "") were smoothed along the rows "
      + "for training; a new row has no neighbours and stays as it is."
  }

  package func apply(to batch: inout Batch, in context: StepContext) {}
}
