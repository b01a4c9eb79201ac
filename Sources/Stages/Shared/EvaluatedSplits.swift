internal import Dataset
internal import Diagnostics
internal import Options
internal import Pipeline
internal import YAML

/// The splits that a stage measures its model on, as its option `evaluate` names them.
///
/// A pass over the training rows says little of new rows for the time that it takes, so that they are
/// measured only where that is asked for, or where nothing is held out.
struct EvaluatedSplits {
  private let named: [SplitName]?

  init(_ named: [SplitName]?) {
    self.named = named
  }

  static func field<Root: Options>(
    _ name: String, _ path: any WritableKeyPath<Root, [SplitName]?> & Sendable
  ) -> Field<Root> {
    option(
      name, path,
      "The splits that the model is measured on in the end; by default those that are held out, and the "
        + "training split where none is.")
  }

  /// The splits of a dataset to measure on.
  ///
  /// - Throws: A diagnostic where one that is named has no rows.
  func splits(of dataset: Dataset) throws -> [SplitName] {
    let present = SplitName.allCases.filter { dataset[$0].map { $0.rows > 0 } ?? false }
    guard let named else {
      let held = present.filter { $0 != .train }
      return held.isEmpty ? present : held
    }
    for split in named where !present.contains(split) { throw Self.absence(of: split) }
    return Set(named).sorted()
  }

  /// The splits that may be measured on, as far as is known of the inputs.
  func splits(reading inputs: KnownInputs) -> [SplitName] {
    if let named { return named }
    let isHeldOut = inputs.makeups().map { makeup in
      makeup.splits.map { $0.contains { $0 != .train } }
    }
    if !isHeldOut.isEmpty, isHeldOut.allSatisfy({ $0 == true }) { return [.validation, .test] }
    return isHeldOut.isEmpty || isHeldOut.contains(nil) ? SplitName.allCases : [.train]
  }

  /// What is named and surely not there.
  ///
  /// - Parameter node: The settings, as written.
  func problems(_ node: Node, reading inputs: KnownInputs) -> [Diagnostic] {
    let makeups = inputs.makeups()
    return (named ?? []).filter { split in
      !makeups.isEmpty && makeups.allSatisfy { !($0.splits?.contains(split) ?? true) }
    }
    .map { split in
      var problem = Self.absence(of: split)
      problem.range = (node["evaluate"] ?? node).range
      return problem
    }
  }

  private static func absence(of split: SplitName) -> Diagnostic {
    Diagnostic(
      "the data has no \(split.name) split to measure the model on",
      remedy: "leave '\(split.name)' out of 'evaluate', or give the split a share where data is "
        + "loaded")
  }
}
