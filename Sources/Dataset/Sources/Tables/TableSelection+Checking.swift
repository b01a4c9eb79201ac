internal import Diagnostics
internal import Network
internal import Options

extension TableSelection {
  /// A setting that does not fit the columns of a table.
  struct Misfit {
    /// The part of the settings that is wrong.
    enum Part: Hashable {
      /// The pattern at a place in the list of targets.
      case target(index: Int)
      case group, split, time, weight
      /// The pattern at a place in the list of a declared feature.
      case pattern(feature: String, index: Int)
    }

    let part: Part
    /// The column, or the pattern, that nothing fits.
    let name: String
    let fact: String
    let remedies: [String]
  }

  /// Everything that does not fit a table with these columns, in the order of the settings.
  func misfits(in columns: [String]) -> [Misfit] {
    let known = Set(columns)
    var misfits: [Misfit] = []
    for (part, name, key) in named where !known.contains(name) {
      misfits.append(
        Misfit(
          part: part, name: name, fact: "there is no column '\(name)' for '\(key)'",
          remedies: Self.remedies(for: name, among: columns)))
    }
    for (index, pattern) in targets.enumerated()
    where !known.contains(pattern.text) && !columns.contains(where: pattern.matches) {
      misfits.append(
        Misfit(
          part: .target(index: index), name: pattern.text,
          fact: "there is no column '\(pattern.text)' for 'target'",
          remedies: Self.remedies(for: pattern.text, among: columns)))
    }
    for feature in features {
      for (index, pattern) in feature.columns.enumerated() {
        let part = Misfit.Part.pattern(feature: feature.name, index: index)
        if !known.contains(pattern.text), !columns.contains(where: pattern.matches) {
          misfits.append(
            Misfit(
              part: part, name: pattern.text,
              fact: "no column matches '\(pattern.text)' of the feature '\(feature.name)'",
              remedies: Self.kindRemedy(for: pattern.text, of: feature, among: columns)
                + Self.remedies(for: pattern.text, among: columns)))
        }
      }
    }
    return misfits
  }

  /// The columns of which features are made, in their order.
  func featureColumns(among columns: [String]) -> [String] {
    let roles = Set(named.filter { $0.part != .time }.map(\.name))
      .union(targetColumns(among: columns))
    let patterns = features.flatMap(\.columns)
    return columns.filter { name in
      !roles.contains(name)
        && (patterns.isEmpty
          ? name != time : patterns.contains { $0.text == name || $0.matches(name) })
    }
  }

  /// The columns to predict: one of a pattern's very name, or else all that it matches.
  func targetColumns(among columns: [String]) -> [String] {
    var seen: Set<String> = []
    return targets.flatMap { pattern in
      columns.contains(pattern.text) ? [pattern.text] : columns.filter(pattern.matches)
    }
    .filter { seen.insert($0).inserted }
  }

  /// The columns that have a part of their own.
  private var named: [(part: Misfit.Part, name: String, key: String)] {
    [
      group.map { (.group, $0, "group") }, split.map { (.split, $0, "column") },
      time.map { (.time, $0, "time") }, weight.map { (.weight, $0, "weight") },
    ].compactMap { $0 }
  }

  /// What is right where a kind stands in the place of a feature's columns.
  private static func kindRemedy(
    for name: String, of feature: FeatureDeclaration, among columns: [String]
  ) -> [String] {
    guard feature.columns.count == 1,
      FeatureKind.allCases.contains(where: { $0.traits.noun == name })
    else { return [] }
    let column = columns.contains(feature.name) ? feature.name.written : "…"
    return ["a kind stands under 'kind': {columns: \(column), kind: \(name)}"]
  }

  private static func remedies(for name: String, among columns: [String]) -> [String] {
    // The elements of lists of one length are columns.
    let parts = columns.contains("\(name)_0") ? ["its elements are the columns '\(name)_*'"] : []
    let near = nearestName(to: name, in: columns).map { ["did you mean '\($0)'?"] } ?? []
    return (parts.isEmpty ? near : parts) + ["columns are \(summary(of: columns))"]
  }

  /// The first names, for messages.
  static func summary(of columns: [String]) -> String {
    columns.prefix(12).joined(separator: ", ")
      + (columns.count > 12 ? " and \(columns.count - 12) more" : "")
  }
}
