internal import Dataset
internal import Diagnostics
internal import Network
internal import Tensor
internal import YAML

/// Counts what was loaded, split by split.
struct LoadTally {
  private let features: [Feature]
  private let target: Target?
  private var rows: [SplitName: Int] = [:]
  private var classes: [SplitName: [Int]] = [:]
  private var missing: [String: Int] = [:]

  init(_ features: [Feature], _ target: Target?) {
    self.features = features
    self.target = target
  }

  func rows(in split: SplitName) -> Int { rows[split] ?? 0 }

  /// - Parameter places: The places of each split's rows, which are all rows of the block.
  mutating func add(_ block: Block, _ places: [(split: SplitName, rows: [Int])]) {
    for (split, own) in places {
      rows[split, default: 0] += own.count
      count(own, of: block.target, in: split)
    }
    for feature in features {
      missing[feature.name, default: 0] += block.features[feature.name]?.missingCount ?? 0
    }
  }

  private mutating func count(_ places: [Int], of values: ColumnValues?, in split: SplitName) {
    guard let target, target.task != .regression else { return }
    var counts = classes[split] ?? [Int](repeating: 0, count: target.classes.count)
    switch values {
    case .int64(let codes): for place in places { counts[Int(codes[place])] += 1 }
    case .uint8(let labels):
      let width = counts.count
      for place in places {
        for label in 0..<width { counts[label] += Int(labels[place * width + label]) }
      }
    default: break
    }
    classes[split] = counts
  }

  /// What is to be said of the classes or labels that few rows have.
  var warnings: [Diagnostic] { [untrainedWarning, unmeasuredWarning].compactMap { $0 } }

  /// Classes that have fewer rows than there are splits, so that some split has to do without.
  private var unmeasuredWarning: Diagnostic? {
    guard let target, target.task == .classification, let trained = classes[.train] else {
      return nil
    }
    let others = classes.filter { $0.key != .train }.values
    guard !others.isEmpty else { return nil }
    let rare = target.classes.indices.filter { code in
      trained[code] > 0 && others.allSatisfy { $0[code] == 0 } && trained[code] <= others.count
    }.map { "'\(target.classes[$0])'" }
    guard !rare.isEmpty else { return nil }
    let names = rare.prefix(6).joined(separator: ", ") + (rare.count > 6 ? ", …" : "")
    let isOne = rare.count == 1
    return Diagnostic(
      isOne
        ? "the class \(names) has no row but those to train on"
        : "\(rare.count) classes have no row but those to train on: \(names)", severity: .warning,
      remedy: "how well \(isOne ? "it is" : "they are") told from others is not measured: "
        + "add more rows")
  }

  /// Classes or labels that no row of the training split has, in one message.
  private var untrainedWarning: Diagnostic? {
    guard let counts = classes[.train], let target else { return nil }
    let lacking = zip(target.classes, counts).filter { $0.1 == 0 }.map { "'\($0.0)'" }
    guard !lacking.isEmpty else { return nil }
    let names = lacking.prefix(6).joined(separator: ", ") + (lacking.count > 6 ? ", …" : "")
    let isLabel = target.task == .multiLabel
    return Diagnostic(
      lacking.count == 1
        ? "the \(isLabel ? "label" : "class") \(names) has no row to train on"
        : "\(lacking.count) \(isLabel ? "labels" : "classes") have no row to train on: \(names)",
      severity: .warning,
      remedy: "add rows of them, leave theirs out, or have `stratify: true` spread each class")
  }

  /// Rows, class counts, missing cells and the features, by name.
  var value: Value {
    var splits: [String: Value] = [:]
    for (name, count) in rows {
      var split: Value = ["rows": .int(count)]
      if let counts = classes[name], let target {
        let named = zip(target.classes, counts.map(Value.int))
        split["classes"] = .object(Dictionary(named) { first, _ in first })
      }
      splits[name.rawValue] = split
    }
    return [
      "splits": .object(splits),
      "rows": .int(rows.values.reduce(0, +)),
      "missing": .object(missing.mapValues(Value.int)),
      "features": .object(
        Dictionary(features.map { ($0.name, $0.summary) }) { first, _ in first }),
      "target": target.map { ["name": .string($0.name), "task": .string($0.task.rawValue)] }
        ?? .null,
    ]
  }
}

extension Feature {
  fileprivate var summary: Value {
    var summary: Value = [
      "kind": .string(kind.rawValue), "shape": .array(shape.map(Value.int)),
      "type": .string(type.rawValue),
    ]
    if let text {
      summary["tokens"] = .int(text.ids)
    } else if kind.traits.holdsCodes {
      summary["categories"] = .int(categories.count)
    }
    return summary
  }
}
