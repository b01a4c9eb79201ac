/// Something to find out by measuring.
protocol Question: Sendable {
  /// What `--only` calls it.
  var name: String { get }
  var summary: String { get }

  func answer(_ bench: Bench) throws -> Section
}

extension [any Question] {
  /// All of them, in the order of the report.
  static var all: [any Question] {
    [StartUp(), NothingToDo(), ColdRun(), Planning(), FolderInput(), GrowthWithSize()]
  }
}
