/// The folders of a usual layout that hold the rows of a split each: `train`, `val`, `test`.
enum SplitFolders {
  private static let names: [String: SplitName] = [
    "train": .train, "training": .train, "val": .validation, "valid": .validation,
    "validation": .validation, "dev": .validation, "test": .test, "testing": .test,
  ]

  /// The split that a folder of this name holds, by custom.
  static func split(named name: String) -> SplitName? { names[name.lowercased()] }

  /// Whether all these folders are splits: one of training, and at least one more.
  static func areSplits(_ folders: some Collection<String>) -> Bool {
    let splits = folders.compactMap(split)
    return splits.count == folders.count && splits.count > 1 && splits.contains(.train)
  }
}
