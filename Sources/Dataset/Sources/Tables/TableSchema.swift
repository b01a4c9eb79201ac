/// A table's settled features, with the columns that each is made of.
struct TableSchema: Hashable, Sendable {
  let header: TableHeader

  /// The files of the table.
  var files: [SourceFile] = []

  /// The files that cells name, where they are known by these names.
  var namedFiles: [String: SourceFile] = [:]

  struct Input: Hashable, Sendable {
    var feature: Feature
    /// The places of its columns, in the order of its elements.
    var columns: [Int]

    /// The folder of the files that the column names, where its user says it.
    var root: SourceFile?

    /// The most tokens of a text that are told apart.
    var mostTokens = TextForm.mostWords
  }

  var inputs: [Input]
  var target: Target?
  var targetColumns: [Int] = []
  var groupColumn: Int?
  var splitColumn: Int?
  var timeColumn: Int?
  var weightColumn: Int?

  /// Whether times are numbers, and not dates.
  var hasNumericTimes = false

  /// Whether rows are to be dealt out by their values, where these are no classes.
  var isStratified = false

  var features: [Feature] { inputs.map(\.feature) }
}
