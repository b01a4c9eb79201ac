/// How far a running stage has come.
package struct StageProgress: Codable, Hashable, Sendable {
  /// What is counted, in the plural: `epochs`, `rows`, `candidates`.
  package var unit: String
  package var completed: Double

  /// The count at the end, or `nil` while it is unknown.
  package var total: Double?

  /// A figure worth watching, such as `812 images/s, loss 0.31`.
  package var detail: String

  package init(unit: String, completed: Double, total: Double? = nil, detail: String = "") {
    self.unit = unit
    self.completed = completed
    self.total = total
    self.detail = detail
  }
}
