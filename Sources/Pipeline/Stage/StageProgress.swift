/// How far a running stage has come.
package struct StageProgress: Codable, Hashable, Sendable {
  /// What is counted, in the plural: `epochs`, `rows`, `candidates`.
  package var unit: String
  package var completed: Double

  /// The count at the end, or `nil` while it is unknown.
  package var total: Double?

  /// Figures worth watching, the most important first, such as `loss 0.31, 812 images/s`.
  package var detail: String

  package init(unit: String, completed: Double, total: Double? = nil, detail: String = "") {
    self.unit = unit
    self.completed = completed
    self.total = total
    self.detail = detail
  }

  /// The figures one by one.
  package var facts: [String] {
    detail.split(separator: ", ").map(String.init)
  }
}
