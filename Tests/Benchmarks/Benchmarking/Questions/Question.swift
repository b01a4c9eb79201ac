/// Something to find out by measuring.
protocol Question: Sendable {
  /// What `--only` calls it.
  var name: String { get }
  var summary: String { get }
  var part: Part { get }

  func answer(_ bench: Bench) throws -> Section
}

extension Question {
  var part: Part { .runner }
}

extension [any Question] {
  /// All of them, in the order of the report.
  static var all: [any Question] {
    [
      StartUp(), NothingToDo(), ColdRun(), Planning(), FolderInput(), GrowthWithSize(),
      TableReading(format: "csv"), TableReading(format: "parquet"), PhotoReading.small,
      PhotoReading.large, Augmenting(size: 32), Augmenting(size: 224), NonLocalMeans(),
      NetworkTraining(), FlatMemory(), NetworkSteps.resnet, NetworkSteps.cnn, FirstStep(),
      AugmentedEpoch(), OutsideSteps(),
    ]
  }
}
