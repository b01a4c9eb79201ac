internal import Diagnostics

/// What the names of folders say that their user may not have meant.
extension FileListing {
  /// Says that folders which are splits are to be split by chance too.
  static func dealtTwice(
    _ folder: String, _ splits: Set<String>, of medium: Medium
  ) -> Diagnostic {
    let train = splits.first { SplitFolders.split(named: $0) == .train } ?? "train"
    return Diagnostic(
      "the folders \(splits.listed) of '\(folder)' are splits, and 'split' would deal out their "
        + "\(medium.plural) anew",
      remedy: "remove 'split' to take them as they are",
      "or name one of them, as '\(folder)/\(train)', to split that one")
  }

  /// Folders called as splits are that are classes, because others are beside them.
  static func splitsAmongClasses(_ classes: Set<String>, in folder: String) -> Diagnostic? {
    let splits = classes.filter { SplitFolders.split(named: $0) != nil }
    let others = classes.subtracting(splits)
    guard splits.count > 1, !others.isEmpty else { return nil }
    return Diagnostic(
      "the folders \(splits.listed) of '\(folder)' are taken for classes, because \(others.listed) "
        + "\(others.count == 1 ? "is" : "are") beside them", severity: .warning,
      remedy: "move what is no split out of '\(folder)' if they are splits")
  }

  /// Classes that differ in capitals alone, those of one file, and one that is the only one.
  ///
  /// - Parameters:
  ///   - counts: How many files each class has.
  ///   - areFolders: Whether classes are folders, rather than files.
  static func warnings(
    ofClasses counts: [String: Int], of medium: Medium, areFolders: Bool = true
  ) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    let classes = Set(counts.keys)
    let alike = Dictionary(grouping: classes) { $0.lowercased() }.values
      .filter { $0.count > 1 }.map { Set($0).listed }
    if let names = alike.min() {
      warnings.append(
        Diagnostic(
          "the folders \(names) are different classes", severity: .warning,
          remedy: "make one folder of them if they mean the same"))
    }
    let single = classes.filter { counts[$0] == 1 }
    if areFolders, classes.count > 1, !single.isEmpty, counts.values.contains(where: { $0 > 1 }) {
      let names = single.count > 4 ? "\(single.count) classes" : Set(single).listed
      let have =
        single.count == 1 ? "has one \(medium.noun)" : "have one \(medium.noun) each"
      warnings.append(
        Diagnostic(
          "\(names) \(have), which cannot be both learnt from and tested with", severity: .warning,
          remedy: "add \(medium.plural) of the class, or remove its folder"))
    }
    if classes.count == 1, let only = classes.first {
      warnings.append(
        Diagnostic(
          "all \(medium.plural) are of one class, '\(only)'", severity: .warning,
          remedy: "name the folder that holds a folder for each class, or write 'task: none'"))
    }
    return warnings
  }
}

extension Set<String> {
  /// The names in order and in quotes, such as `'a', 'b' and 'c'`.
  var listed: String {
    let quoted = sorted().map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " and \(last)"
  }
}
