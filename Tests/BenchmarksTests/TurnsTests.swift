import Synchronization
import Testing

@testable import Benchmarking

struct `Taking turns` {
  private func seconds(_ wall: Double) -> Outcome {
    .finished(Measurement(wall: wall, processor: wall / 2, peakMemory: 1 << 20))
  }

  @Test func `go to Anneal before each turn of each peer`() throws {
    let order = Mutex("")
    func contender(_ name: String) -> Contender {
      Contender(name) {
        order.withLock { $0 += name }
        return [seconds(1)]
      }
    }
    let turns = Turns(repetitions: 2, progress: Progress { _ in })
    _ = try turns.compare(
      contender("A"), with: [contender("B"), contender("C")], moments: ["moment"])
    #expect(order.withLock { $0 } == "ABACABAC")
  }

  @Test func `give ratios pair by pair`() throws {
    let walls = Mutex([1.0, 10, 2, 40, 4, 20])
    func next() -> [Outcome] { [seconds(walls.withLock { $0.removeFirst() })] }
    let turns = Turns(repetitions: 3, progress: Progress { _ in })
    let comparison = try turns.compare(
      Contender("A", next), with: [Contender("B", next)], moments: ["moment"])[0]
    #expect(comparison.peers[0].wallRatios == [10, 20, 5])
    #expect(comparison.peers[0].processorRatios == [10, 20, 5])
    #expect(comparison.anneal.wall?.median == 2)
  }

  @Test func `end for a peer that takes too long, and go on for the others`() throws {
    let asked = Mutex(0)
    let slow = Contender("slow") {
      asked.withLock { $0 += 1 }
      return [.exceeded(60)]
    }
    let turns = Turns(repetitions: 5, progress: Progress { _ in })
    let comparison = try turns.compare(
      Contender("Anneal") { [seconds(2)] }, with: [slow, Contender("fast") { [seconds(3)] }],
      moments: ["moment"])[0]
    #expect(asked.withLock { $0 } == 1)
    #expect(comparison.peers[1].series.measurements.count == 5)
    #expect(
      ComparisonTable(comparison: comparison).table.rows == [
        ["Anneal", "2.00 s (2.00 s to 2.00 s)", "1.00 s", "1.05 MB", "1", "1", "6"],
        ["slow", "over 60.0 s", "", "", "over 30.0", "", ""],
        ["fast", "3.00 s (3.00 s to 3.00 s)", "1.50 s", "1.05 MB", "1.50", "1.50", "5"],
      ])
  }

  @Test func `go on for Anneal where no peer can do a thing`() throws {
    let turns = Turns(repetitions: 3, progress: Progress { _ in })
    let comparison = try turns.compare(
      Contender("Anneal") { [seconds(2)] },
      with: [.absent("peer", because: "has no such command")], moments: ["moment"])[0]
    #expect(comparison.anneal.measurements.count == 3)
    #expect(
      ComparisonTable(comparison: comparison).table.rows.last
        == ["peer", "has no such command", "", "", "", "", ""])
  }
}
