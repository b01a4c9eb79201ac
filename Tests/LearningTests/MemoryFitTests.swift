import Diagnostics
import Testing

@testable import Learning

struct `A step's memory` {
  private static let mebi = 1 << 20

  /// Steps that hold 200 MiB beside 4 MiB a row, or 1 MiB with activation checkpointing.
  private func fit(limit: Int) -> MemoryFit {
    MemoryFit(limit: limit * Self.mebi, batch: 64, least: 1, perRow: 2 * Self.mebi) {
      rows, checkpoints in
      MemoryFit.Held(
        between: 200 * Self.mebi, most: (200 + rows * (checkpoints ? 1 : 4)) * Self.mebi)
    }
  }

  @Test(
    arguments: [
      (1000, nil, true, false, nil), (400, nil, true, true, nil), (1000, true, true, true, nil),
      (270, nil, true, true, 21), (400, nil, false, false, 32), (400, false, true, false, 32),
    ] as [(Int, Bool?, Bool, Bool, Int?)])
  func `decides how it is taken`(
    limit: Int, asked: Bool?, canCheckpoint: Bool, checkpoints: Bool, rows: Int?
  ) throws {
    let (way, summary) = try fit(limit: limit).way(
      checkpointing: asked, canCheckpoint: canCheckpoint, division: .allowed)
    #expect(
      way == MemoryFit.Way(checkpointsActivations: checkpoints, rowsAtOnce: rows), "\(summary)")
  }

  @Test func `that is too large is refused with the batch that would do`() throws {
    let thrown = #expect(throws: Diagnostic.self) {
      try fit(limit: 270).way(checkpointing: nil, canCheckpoint: true, division: .fixedBatch)
    }
    #expect(
      thrown?.message
        == "a batch of 64 rows takes 456 MiB, 264 MiB with activation checkpointing, and there are 270 MiB"
    )
    #expect(
      thrown?.notes.first?.message.hasPrefix("write 'batch: 21' with 'accumulate: 3'") == true)
    let hopeless = #expect(throws: Diagnostic.self) {
      try fit(limit: 200).way(checkpointing: nil, canCheckpoint: true, division: .allowed)
    }
    #expect(hopeless?.message.hasPrefix("a step of 1 row takes") == true)
  }

  /// What is tried never goes beyond what there is, also where only the first rows are known to fit.
  @Test(arguments: [230, 260, 300, 500, 5000])
  func `is not exceeded in trying`(limit: Int) throws {
    var most = 0
    let fit = MemoryFit(limit: limit * Self.mebi, batch: 1000, least: 2, perRow: 5 * Self.mebi) {
      rows, checkpoints in
      // A step holds something beside what grows with its rows.
      let held = MemoryFit.Held(
        between: 180 * Self.mebi,
        most: (190 + rows * (checkpoints ? 1 : 4)) * Self.mebi)
      most = max(most, held.most)
      return held
    }
    _ = try? fit.way(checkpointing: nil, canCheckpoint: true, division: .allowed)
    #expect(most <= limit * Self.mebi)
  }

  /// A wide network on a table: gradients and updates take much, rows next to nothing.
  @Test func `is not taken to grow with rows because a step holds much`() throws {
    let fit = MemoryFit(limit: 858 * Self.mebi, batch: 64, least: 1, perRow: 128 << 10) { rows, _ in
      MemoryFit.Held(between: 450 * Self.mebi, most: (700 + rows % 3) * Self.mebi)
    }
    let (way, summary) = try fit.way(
      checkpointing: nil, canCheckpoint: true, division: .fixedBatch)
    #expect(way == MemoryFit.Way(checkpointsActivations: false), "\(summary)")
  }

  @Test func `is counted by what the process holds`() throws {
    let before = MemoryMeter.held
    let peak = MemoryMeter.peak {
      var bytes = [UInt8](repeating: 1, count: 256 << 20)
      bytes[7] = 3
      #expect(bytes[100] == 1)
    }
    #expect(peak >= before + (200 << 20))
  }
}
