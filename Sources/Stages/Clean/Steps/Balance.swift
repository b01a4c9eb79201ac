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
    case duplicate
    case weight

    package var summary: String {
      switch self {
      case .drop: "Drop rows at random, until each class has as many as the rarest."
      case .duplicate: "Repeat rows, until each class has as many as the most frequent."
      case .weight: "Give each row the weight rows / (classes * rows of its class)."
      }
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      guard let target = data.target, target.task == .classification, !target.classes.isEmpty else {
        throw Diagnostic(
          data.target?.task == .multiLabel
            ? "rows that have several labels cannot be balanced by classes"
            : "there are no classes to balance",
          remedy: data.target?.task == .multiLabel
            ? "remove the step 'balance', and weigh labels with 'class-weights' in training"
            : "remove the step 'balance'")
      }
      // For each class the places of its rows and a random key of each.
      var members = [[(key: UInt64, place: Int)]](repeating: [], count: target.classes.count)
      var start = 0
      try data.forEachBlock(in: .train) { block in
        guard case .int64(let codes) = block.target else { return }
        for (place, code) in codes.enumerated() {
          members[Int(code)].append((key(of: block.rows[place], data.seed), start + place))
        }
        start += block.count
      }
      let counts: Value = .object(
        Dictionary(zip(target.classes, members.map { .int($0.count) })) { first, _ in first })
      var step =
        switch self {
        case .drop: dropping(members, of: start)
        case .duplicate: duplicating(members, of: start)
        case .weight: weighting(members.map(\.count), target)
        }
      step.metrics["before"] = counts
      return step
    }

    private func key(of row: Int64, _ seed: UInt64) -> UInt64 {
      var stream = RandomStream(
        seed: seed, path: ["balance", .number(UInt64(bitPattern: row))])
      return stream.next()
    }

    private func dropping(_ classes: [[(key: UInt64, place: Int)]], of count: Int) -> FittedStep {
      let least = classes.map(\.count).filter { $0 > 0 }.min() ?? 0
      var mask = RowMask(count: count)
      for members in classes {
        for member in members.sorted(by: <).dropFirst(least) { mask.mark(member.place) }
      }
      return .dropping(
        [.train: mask], metrics: ["dropped": .int(mask.marked), "each": .int(least)])
    }

    /// A class of n rows that is to have m gets each of its rows m / n times, and as many as are left of
    /// the division, drawn at random, once more.
    private func duplicating(_ classes: [[(key: UInt64, place: Int)]], of count: Int) -> FittedStep
    {
      let most = classes.map(\.count).max() ?? 0
      let times = classes.map { $0.isEmpty ? 0 : most / $0.count }
      var again = RowMask(count: count)
      for members in classes where !members.isEmpty {
        for member in members.sorted(by: <).prefix(most % members.count) {
          again.mark(member.place)
        }
      }
      let total = classes.reduce(0) { $0 + ($1.isEmpty ? 0 : most) }
      var step = FittedStep(
        metrics: ["duplicated": .int(total - count), "each": .int(most)])
      if total > count { step.changed = [.train] }
      step.rows = [.train: total]
      let drawn = again
      step.pass = { split in
        guard split == .train else { return { $0 } }
        var start = 0
        return { block in
          defer { start += block.count }
          guard case .int64(let codes) = block.target else { return block }
          var (places, copies) = ([Int](), [Int]())
          for (place, code) in codes.enumerated() {
            let count = times[Int(code)] + (drawn[start + place] ? 1 : 0)
            places += [Int](repeating: place, count: count)
            copies += 0..<count
          }
          var repeated = block.selecting(places)
          repeated.rows = zip(repeated.rows, copies).map { Self.id(ofCopy: $1, of: $0) }
          return repeated
        }
      }
      return step
    }

    /// The id of a row's copy, which augmentation treats otherwise than the row; that of a copy that is
    /// repeated itself is far from those of its kind.
    private static func id(ofCopy number: Int, of row: Int64) -> Int64 {
      guard number > 0 else { return row }
      let origin = RowCopy(id: row)
      let copy = origin.copy == 0 ? number : origin.copy + number << 12
      return RowCopy(row: origin.row, copy: copy & 0x7ffff).id
    }

    private func weighting(_ counts: [Int], _ target: Target) -> FittedStep {
      let present = counts.count { $0 > 0 }
      let total = counts.reduce(0, +)
      let weights = counts.map { count in
        count == 0 ? 0 : Float(Double(total) / Double(present * count))
      }
      var step = FittedStep(
        metrics: [
          "weights": .object(
            Dictionary(zip(target.classes, weights.map { Value.double(Double($0)) })) {
              first, _ in first
            })
        ])
      step.changed = [.train]
      step.addsWeights = true
      step.pass = { split in
        { block in
          var block = block
          var rows = block.weights ?? [Float](repeating: 1, count: block.count)
          if split == .train, case .int64(let codes) = block.target {
            for (place, code) in codes.enumerated() { rows[place] *= weights[Int(code)] }
          }
          block.weights = rows
          return block
        }
      }
      return step
    }
  }
}
