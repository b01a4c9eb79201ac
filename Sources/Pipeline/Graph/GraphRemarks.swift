internal import Diagnostics
internal import YAML

/// What is right as it stands, and most likely not meant.
extension GraphBuilder {
  mutating func remark() {
    warnAboutLooseEnds()
    warnAboutPicks()
    warnAboutPickedFolds()
    warnAboutUnusedMatrices()
    askKinds()
  }

  /// What a kind has to say of the instances of a matrix together.
  private mutating func askKinds() {
    guard !problems.hasErrors else { return }
    for declaration in declarations {
      guard let matrix = declaration.matrix else { continue }
      let own = instances.filter { $0.stage == declaration.name }
      guard let first = own.first, let kind = catalog[first.kind] else { continue }
      problems.add(
        contentsOf: kind.remarks(on: own.map(\.settings.value), at: matrix.range))
    }
  }

  /// A dataset that nothing reads is most likely forgotten where other stages end in models.
  private mutating func warnAboutLooseEnds() {
    guard !problems.hasErrors else { return }
    let used = Set(instances.flatMap(\.dependencies))
    let ends = instances.filter { !used.contains($0.address) }
    guard ends.contains(where: { $0.settings.output != .dataset }) else { return }
    var seen: Set<String> = []
    for end in ends where end.settings.output == .dataset && seen.insert(end.stage).inserted {
      problems.add(
        Diagnostic(
          "nothing reads the dataset of stage '\(end.stage)'", at: end.range, severity: .warning,
          remedy: "name it in the 'from' of another stage, or remove it"))
    }
  }

  /// A choice that has nothing to choose from, and one by the rows that are to be tested on.
  private mutating func warnAboutPicks() {
    for declaration in declarations {
      for entry in declaration.from?.entries ?? [] {
        let reference = entry.reference
        guard let pick = reference.pick else { continue }
        if let stage = built[reference.stage], !stage.isBroken, stage.instances.count == 1,
          stage.instances[0].coordinates.all.isEmpty
        {
          problems.add(
            Diagnostic(
              "'\(reference.stage)' has no matrix, so there is nothing to pick from",
              at: pick.range, severity: .warning,
              remedy: "write from: \(reference.stage), or give '\(reference.stage)' a matrix"))
        }
        if pick.metric.hasPrefix("test.") {
          problems.add(
            Diagnostic(
              "'\(pick.metric)' chooses by the rows that are to be tested on, which makes what is "
                + "measured there look better than it is", at: pick.range, severity: .warning,
              remedy: "choose by 'validation\(pick.metric.dropFirst(4))'"))
        }
      }
    }
  }

  /// The best of several folds had the easiest rows; it is not the better model.
  private mutating func warnAboutPickedFolds() {
    let inputs = instances.flatMap { $0.inputs.values.joined() }.compactMap(\.pick)
    guard !inputs.isEmpty else { return }
    let axes = FoldAxes(instances, catalog)
    var told: Set<SourceRange> = []
    for (pick, measured) in inputs {
      guard let folds = axes.folds(among: measured), told.insert(pick.range).inserted else {
        continue
      }
      problems.add(
        Diagnostic(
          "'\(pick.metric)' chooses among \(folds) folds, of which the best is the one with the easiest "
            + "rows", at: pick.range, severity: .warning,
          remedy:
            "folds are there to estimate: compare settings by their means over the folds, which the "
            + "report shows, and train the best once, on a split without folds"))
    }
  }

  /// Matrix values that neither the stage nor those after it ask for make instances that are all the
  /// same.
  private mutating func warnAboutUnusedMatrices() {
    guard !problems.hasErrors, !declarations.contains(where: \.isBroken) else { return }
    for declaration in declarations {
      for axis in declaration.matrix?.axes ?? []
      where !axis.values.contains(where: { interpolator.usedMatrixValues.contains($0.range) }) {
        let count = axis.values.count
        problems.add(
          Diagnostic(
            "nothing uses 'matrix.\(axis.name)'"
              + (count > 1 ? "; the instances for its \(count) values are the same" : ""),
            at: axis.nameRange, severity: .warning,
            remedy: "write ${matrix.\(axis.name)} where the value belongs, or take it away"))
      }
    }
  }
}
