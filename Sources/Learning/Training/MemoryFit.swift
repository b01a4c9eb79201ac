import Diagnostics
package import Network
import Options

/// Finds how a step fits into memory: as it is, with values between layers computed again, or by fewer
/// rows at once.
///
/// Steps of few rows tell how much a row takes, since one that does not fit would be killed. Figures grow in
/// proportion to the rows beyond what is held anyway.
package struct MemoryFit {
  /// How a step is taken.
  package struct Way: Hashable, Sendable {
    package var checkpointsActivations: Bool
    /// Nil for all of a batch.
    package var rowsAtOnce: Int?

    package init(checkpointsActivations: Bool, rowsAtOnce: Int? = nil) {
      self.checkpointsActivations = checkpointsActivations
      self.rowsAtOnce = rowsAtOnce
    }
  }

  /// What steps of some rows hold, in bytes.
  package struct Held: Hashable, Sendable {
    /// Between two steps.
    package var between: Int
    /// The most within one.
    package var most: Int

    package init(between: Int, most: Int) {
      self.between = between
      self.most = most
    }
  }

  /// Whether fewer rows may be computed at once than a batch has, which changes results.
  package enum Division: Sendable {
    case allowed
    /// The recipe says how many rows a batch has.
    case fixedBatch
    /// An earlier result is repeated.
    case repeated
  }

  private let limit: Int
  private let batch: Int
  private let least: Int
  private let perRow: Int
  /// What steps of so many rows hold.
  private let measure: (_ rows: Int, _ checkpointsActivations: Bool) throws -> Held

  /// The share of a limit that is filled: what is not seen in the first steps, such as a validation and
  /// a state that is kept, needs room too.
  private static let share = 0.85
  /// The bytes that are left free at least, as what the allocator holds varies from step to step.
  private static let spare = 48 << 20

  /// - Parameters:
  ///   - limit: The bytes that there are.
  ///   - batch: The rows of a step that are wanted at once.
  ///   - least: The fewest rows that can be computed at once.
  ///   - perRow: What a row may add, before anything is measured.
  ///   - measure: What steps of so many rows hold, with activation checkpointing or without.
  package init(
    limit: Int, batch: Int, least: Int, perRow: Int,
    measure: @escaping (_ rows: Int, _ checkpointsActivations: Bool) throws -> Held
  ) {
    self.limit = limit
    self.batch = batch
    self.least = least
    self.perRow = perRow
    self.measure = measure
  }

  /// What a training of a network may hold at most, by the numbers of it: beside what this process holds now,
  /// the state of each parameter, and for each row every value between layers with its gradient.
  package static func estimate(_ network: Network) -> (fixed: Int, perRow: Int) {
    (
      saturatingSum([MemoryMeter.held, saturatingProduct([network.parameterCount, 24])]),
      saturatingProduct([network.valuesPerRow, 8])
    )
  }

  /// The way that costs least time of those that fit, and what was measured in a sentence.
  ///
  /// - Parameters:
  ///   - checkpointing: Whether values are computed again, where that is asked for; nil where memory decides.
  ///   - canCheckpoint: Whether the network can be parted.
  ///   - division: Whether fewer rows may be computed at once.
  /// - Throws: That nothing fits, with what would.
  package func way(
    checkpointing: Bool?, canCheckpoint: Bool, division: Division
  ) throws -> (way: Way, summary: String) {
    var told: [String] = []
    var line = Line(through: 0, 0, perRow: 0)
    let candidates = [false, true].filter { checkpoints in
      checkpoints
        ? canCheckpoint && checkpointing != false : checkpointing != true || !canCheckpoint
    }
    for checkpoints in candidates {
      line = try self.line(checkpoints)
      let bytes = ByteCount.rounded(line.bytes(for: batch))
      told.append(checkpoints ? "\(bytes) with activation checkpointing" : bytes)
      guard line.bytes(for: batch) <= room else { continue }
      return (
        Way(checkpointsActivations: checkpoints),
        summary(told, checkpoints ? "values between layers are computed again" : nil)
      )
    }
    // What takes the least is what is left.
    let checkpoints = candidates.last ?? false
    let rows = line.rows(within: room)
    guard rows >= least else {
      throw Diagnostic(
        "a step of \(least.counted("row")) takes \(ByteCount.rounded(line.bytes(for: least))), and "
          + "there are \(ByteCount.rounded(limit))",
        remedy: "raise 'memory', or use a smaller network")
    }
    let atOnce = try proven(rows, checkpoints)
    let parts = (batch + atOnce / 2) / atOnce
    let divided = "write 'batch: \(atOnce)' with 'accumulate: \(parts)'"
    let remedy: String
    switch division {
    case .allowed: remedy = ""
    case .fixedBatch: remedy = "\(divided), or 'batch: auto', or raise 'memory'"
    case .repeated:
      remedy =
        "the result is computed as it was before, with that many rows at once: raise 'memory', or, for a "
        + "result of its own, \(divided)"
    }
    guard division == .allowed else {
      throw Diagnostic(
        "a batch of \(batch.counted("row")) takes \(told.joined(separator: ", ")), and there are "
          + ByteCount.rounded(limit),
        remedy: remedy)
    }
    return (
      Way(checkpointsActivations: checkpoints, rowsAtOnce: atOnce),
      summary(
        told,
        "steps of \(batch.counted("row")) are taken by \(atOnce) at once"
          + (checkpoints ? ", with activation checkpointing" : ""))
    )
  }

  /// The most rows, up to so many, with which steps are seen to fit: so close to a limit a line through smaller
  /// ones is not to be relied on.
  private func proven(_ rows: Int, _ checkpointsActivations: Bool) throws -> Int {
    var parts = (batch + rows - 1) / rows
    while true {
      let rows = max(batch / parts, least)
      if try rows == least || measure(rows, checkpointsActivations).most <= room { return rows }
      parts = max(parts + 1, parts * 5 / 4)
    }
  }

  private var room: Int { min(Int(Double(limit) * Self.share), limit - Self.spare) }

  private func summary(_ told: [String], _ consequence: String?) -> String {
    "a step of \(batch.counted("row")) takes \(told.joined(separator: ", ")) of "
      + "\(ByteCount.rounded(limit)) of memory" + (consequence.map { ": \($0)" } ?? "")
  }

  /// Bytes by rows.
  private struct Line {
    let fixed: Double
    let perRow: Double

    init(through bytes: Int, _ rows: Int, perRow: Double) {
      fixed = Double(bytes) - perRow * Double(rows)
      self.perRow = perRow
    }

    func bytes(for rows: Int) -> Int { Int(fixed + perRow * Double(rows)) }

    /// The most rows in so many bytes.
    func rows(within bytes: Int) -> Int {
      Int(max(0, (Double(bytes) - fixed) / max(perRow, 1)))
    }
  }

  /// Twice as many rows are tried as long as they are sure to fit and it is not plain that all of them do.
  private func line(_ checkpointsActivations: Bool) throws -> Line {
    var rows = min(max(min(batch / 16, limit / 20 / max(perRow, 1)), least), batch)
    var held = try measure(rows, checkpointsActivations)
    // Some of what a step holds does not grow with its rows: gradients, and what is made for an update. Until a
    // second figure tells how much, a row adds no more than all of it, and no more than twice what was expected.
    let share = Double(max(held.most - held.between, 0)) / Double(rows)
    var line = Line(through: held.most, rows, perRow: min(share, 2 * Double(perRow)))
    var isMeasured = false
    while rows < batch, !isMeasured || line.bytes(for: batch) > room / 2 {
      let next = min(rows * 2, batch)
      guard line.bytes(for: next) <= room else { break }
      let more = try measure(next, checkpointsActivations)
      line = Line(
        through: more.most, next,
        perRow: Double(max(more.most - held.most, 0)) / Double(next - rows))
      (rows, held, isMeasured) = (next, more, true)
    }
    return line
  }
}
