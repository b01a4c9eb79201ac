/// A table's settled features, with the columns that each is made of.
struct TableSchema: Hashable, Sendable {
  let header: TableHeader

  struct Input: Hashable, Sendable {
    var feature: Feature
    /// The places of its columns, in the order of its elements.
    var columns: [Int]
  }

  var inputs: [Input]
  var target: Target?
  var targetColumn: Int?
  var groupColumn: Int?
  var splitColumn: Int?

  var features: [Feature] { inputs.map(\.feature) }
}
