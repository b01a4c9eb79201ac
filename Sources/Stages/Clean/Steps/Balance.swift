internal import Dataset
internal import Diagnostics
internal import Options
internal import Tensor
internal import YAML

extension Clean {
  /// Classes of the training split made to count the same.
  package enum Balance: String, NamedOption, CleaningStep {
    package static let name = "balance"
    package static let purpose = "Make the classes of the training split weigh the same."

    case drop
    case weight

    package var summary: String {
      switch self {
      case .drop: "Drop rows at random, until each class has as many as the rarest."
      case .weight: "Give each row the weight rows / (classes * rows of its class)."
      }
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      guard let target = data.target, target.task == .classification else {
        throw Diagnostic(
          data.target?.task == .multiLabel
            ? "rows that have several labels cannot be balanced by classes"
            : "there are no classes to balance",
          remedy: data.target?.task == .multiLabel
            ? "remove the step 'balance', and weigh labels with 'class-weights' in training"
            : "remove the step 'balance'")
      }
      var members = [[Int64]](repeating: [], count: target.classes.count)
      try data.forEachBlock(in: .train) { block in
        guard case .int64(let codes) = block.target else { return }
        for (row, code) in zip(block.rows, codes) { members[Int(code)].append(row) }
      }
      let present = members.filter { !$0.isEmpty }
      switch self {
      case .drop: return dropping(present, seed: data.seed)
      case .weight: return weighting(members, target)
      }
    }

    private func dropping(_ classes: [[Int64]], seed: UInt64) -> FittedStep {
      let least = classes.map(\.count).min() ?? 0
      var dropped: Set<Int64> = []
      for members in classes {
        let keyed = members.map { row in
          var stream = RandomStream(
            seed: seed, path: ["balance", .number(UInt64(bitPattern: row))])
          return (key: stream.next(), row: row)
        }
        let order = keyed.sorted { ($0.key, $0.row) < ($1.key, $1.row) }
        dropped.formUnion(order.dropFirst(least).map(\.row))
      }
      return .dropping(
        [.train: dropped], metrics: ["dropped": .int(dropped.count), "each": .int(least)])
    }

    private func weighting(_ members: [[Int64]], _ target: Target) -> FittedStep {
      let present = members.filter { !$0.isEmpty }
      let total = present.reduce(0) { $0 + $1.count }
      let weights = members.map { rows in
        rows.isEmpty ? 0 : Float(Double(total) / Double(present.count * rows.count))
      }
      let trained = Set(members.joined())
      var step = FittedStep(
        metrics: [
          "weights": .object(
            Dictionary(zip(target.classes, weights.map { Value.double(Double($0)) })) {
              first, _ in first
            })
        ])
      step.changed = [.train]
      step.addsWeights = true
      step.apply = { block in
        var block = block
        var rows = block.weights ?? [Float](repeating: 1, count: block.count)
        if case .int64(let codes) = block.target {
          for (place, code) in codes.enumerated() where trained.contains(block.rows[place]) {
            rows[place] *= weights[Int(code)]
          }
        }
        block.weights = rows
        return block
      }
      return step
    }
  }
}
