internal import Artifacts
internal import Diagnostics

/// The arrays of files, put together to parts whose rows belong together, and the splits that names tell.
struct ArrayListing {
  private(set) var parts: [ArrayPart] = []
  private(set) var remarks: [String] = []

  /// The splits that names of arrays, files or folders tell; empty where they tell none.
  private(set) var splits: [SplitName] = []

  /// An array, or one that cannot be read, with what its file is put under.
  private struct Entry {
    var group: String
    var name: String
    var array: StoredArray?
    var unread: UnreadArray?
    var file: SourceFile
  }

  /// - Parameters:
  ///   - files: In order; folders were looked into before.
  ///   - grouping: What the rows of one file belong to.
  ///   - read: Finds the arrays of a file.
  init(
    _ files: [SourceFile], _ grouping: ArrayGrouping,
    _ read: (SourceFile) throws(Diagnostic) -> FoundArrays
  ) throws(Diagnostic) {
    var entries: [Entry] = []
    for file in files {
      let found = try read(file)
      for array in found.arrays {
        entries.append(
          Entry(
            group: grouping.group(of: file, array: array.name), name: array.name, array: array,
            file: file))
      }
      for unread in found.unread {
        entries.append(
          Entry(
            group: grouping.group(of: file, array: unread.name), name: unread.name, unread: unread,
            file: file))
      }
    }
    let groups = entries.map(\.group).uniqued
    let ofGroups = groups.map { grouping.split(ofGroup: $0) }
    if groups.count > 1, Self.areSplits(ofGroups) {
      for (group, split) in zip(groups, ofGroups) {
        try add(entries.filter { $0.group == group }, split: split, grouping)
      }
      splits = Array(Set(ofGroups.compactMap { $0 })).sorted()
      remarks.append("the splits are told by the \(grouping.groupNoun) \(Set(groups).listed)")
    } else {
      for group in groups { try addNamed(entries.filter { $0.group == group }, grouping) }
    }
  }

  /// Whether these are splits: one of training, and at least one more.
  private static func areSplits(_ splits: [SplitName?]) -> Bool {
    let known = Set(splits.compactMap { $0 })
    return !splits.contains(nil) && known.contains(.train) && known.count > 1
  }

  /// Adds the arrays of a group, whose names may tell splits.
  private mutating func addNamed(
    _ entries: [Entry], _ grouping: ArrayGrouping
  ) throws(Diagnostic) {
    let names = entries.map { ArrayName($0.name) }
    let told = names.compactMap(\.split)
    guard Self.areSplits(told) || (grouping.stripsSplits && !told.isEmpty) else {
      return try add(entries, split: nil, grouping)
    }
    let areSplits = Self.areSplits(told)
    for split in SplitName.allCases where told.contains(split) {
      var chosen: [Entry] = []
      for (entry, name) in zip(entries, names) where name.split == split {
        var entry = entry
        entry.name = name.base
        chosen.append(entry)
      }
      try add(chosen, split: areSplits ? split : nil, grouping)
    }
    if areSplits {
      splits = Array(Set(splits + told)).sorted()
      let examples = zip(entries, names).filter { $1.split != nil }.map(\.0.name)
      remarks.append("the splits are told by the names \(Set(examples).listed)")
    }
    let others = zip(entries, names).filter { $1.split == nil }.map(\.0.name)
    if !others.isEmpty {
      remarks.append("\(Set(others).listed), whose names tell no split, are left out")
    }
  }

  /// Adds a part of arrays with different names.
  private mutating func add(
    _ entries: [Entry], split: SplitName?, _ grouping: ArrayGrouping
  ) throws(Diagnostic) {
    guard let first = entries.first else { return }
    var part = ArrayPart(fileName: first.file.name, split: split)
    for entry in entries {
      let name = grouping.name(ofArray: entry.name)
      if let other = part.arrays[name] {
        throw Diagnostic(
          "the array '\(name)' is in '\(other.file.name)' and in '\(entry.file.name)'",
          remedy:
            "name one of the files; rows of several are put together where each lies in a folder of "
            + "its own, with arrays of the same names")
      }
      part.names.append(name)
      if var array = entry.array {
        array.name = name
        part.arrays[name] = array
      } else {
        part.unread[name] = entry.unread
      }
    }
    parts.append(part)
  }
}

extension [String] {
  /// The different ones in the order of their first places.
  fileprivate var uniqued: [String] {
    var known: Set<String> = []
    return filter { known.insert($0).inserted }
  }
}
