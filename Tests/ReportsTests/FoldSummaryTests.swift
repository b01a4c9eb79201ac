import Reports
import Testing
import YAML

@Suite struct `What folds come to together` {
  private func members(_ depths: [Int] = []) -> [FoldSummary.Member] {
    (1...3).flatMap { fold -> [FoldSummary.Member] in
      let load = FoldSummary.Member(
        address: "data@part=\(fold)",
        settings: ["split": ["folds": 3, "fold": .int(fold)]], metrics: ["rows": 9])
      let values: [Double] = [0.9, 0.92, 0.97]
      func model(_ address: String, _ more: Double) -> FoldSummary.Member {
        FoldSummary.Member(
          address: address, settings: [:],
          metrics: ["test": ["accuracy": .double(values[fold - 1] - more), "confusion": [[1]]]])
      }
      let models =
        depths.isEmpty
        ? [model("model@part=\(fold)", 0)]
        : depths.map { model("model@depth=\($0),part=\(fold)", Double($0) / 100) }
      return [load] + models
    }
  }

  @Test func `is the mean and the deviation of a sample`() throws {
    let summary = FoldSummary(members())
    let group = try #require(summary.groups.first)
    #expect(summary.groups.count == 1 && group.address == "model" && group.axis == "part")
    #expect(group.folds == ["1", "2", "3"])
    let main = try #require(group.main)
    #expect(abs(main.mean - 0.93) < 1e-12)
    // numpy.std([0.9, 0.92, 0.97], ddof=1)
    #expect(abs(main.deviation - 0.036055512754639905) < 1e-12)
    #expect(group.words == "test accuracy 93% ± 3.61% over 3 folds (90%, 92%, 97%)")
    #expect(summary.value[0]?["figures"]?["test.accuracy"]?["values"] == [0.9, 0.92, 0.97])
  }

  @Test func `is told apart by what else the matrix has`() {
    let summary = FoldSummary(members([1, 2]))
    #expect(summary.groups.map(\.address) == ["model@depth=1", "model@depth=2"])
    #expect(summary.groups.allSatisfy { $0.folds.count == 3 })
  }

  @Test func `is nothing where no fold is loaded, or a single one has come to something`() {
    let others = members().filter { !$0.address.hasPrefix("data") }
    #expect(FoldSummary(others).groups.isEmpty)
    #expect(FoldSummary(Array(members().prefix(2))).groups.isEmpty)
  }
}
