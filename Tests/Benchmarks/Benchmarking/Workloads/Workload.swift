/// A pipeline to measure with.
///
/// Each of its stages copies a file of 4 KiB, so that what is measured is the runner.
struct Workload: Hashable, Sendable {
  enum Shape: String, Sendable, CaseIterable {
    /// Every stage reads the same file and none reads another stage.
    case wide
    /// Every stage reads the one before it.
    case chain
    /// One stage is read by two, which one reads, which is read by two, and so on.
    case diamonds
    /// One stage reads a folder of many files.
    case folder
  }

  let shape: Shape
  /// How many stages there are; of `folder`, how many files.
  let count: Int

  static func wide(_ count: Int) -> Workload { Workload(shape: .wide, count: count) }
  static func folder(_ count: Int) -> Workload { Workload(shape: .folder, count: count) }

  /// The stages, each after those that it reads.
  var stages: [CopyStage] {
    switch shape {
    case .folder: [CopyStage(index: 0)]
    case .wide: (0..<count).map { CopyStage(index: $0) }
    case .chain: (0..<count).map { CopyStage(index: $0, reading: $0 == 0 ? [] : [$0 - 1]) }
    case .diamonds: (0..<count).map { CopyStage(index: $0, reading: Self.diamond($0)) }
    }
  }

  /// What a stage reads: after the first come groups of two sides and the stage that joins them.
  private static func diamond(_ index: Int) -> [Int] {
    switch (index, index % 3) {
    case (0, _): []
    case (_, 1): [index - 1]
    case (_, 2): [index - 2]
    default: [index - 2, index - 1]
    }
  }

  /// The file that stages without an upstream stage copy.
  var source: String { shape == .folder ? DataFolder.firstFile : "source.txt" }
}
