/// The folders of a usual layout that hold the rows of a split each: `train`, `val`, `test`.
enum SplitFolders {
  private static let names: [String: SplitName] = [
    "train": .train, "training": .train, "val": .validation, "valid": .validation,
    "validation": .validation, "validate": .validation, "dev": .validation, "eval": .validation,
    "test": .test, "testing": .test,
  ]

  /// What may follow such a name, after `_`, `-`, a blank or nothing.
  private static let endings = ["set", "images", "imgs", "data", "split"]

  /// The split that a folder of this name holds, by custom: in capitals or not, and also such as
  /// `training_set` and `val-images`.
  static func split(named name: String) -> SplitName? {
    let name = name.lowercased()
    if let split = names[name] { return split }
    guard let ending = endings.first(where: name.hasSuffix) else { return nil }
    var start = name.dropLast(ending.count)
    if let last = start.last, "_- ".contains(last) { start.removeLast() }
    return names[String(start)]
  }

  /// Whether all these folders are splits: one of training, and at least one more.
  static func areSplits(_ folders: some Collection<String>) -> Bool {
    let splits = folders.compactMap(split)
    return splits.count == folders.count && splits.count > 1 && splits.contains(.train)
  }
}
