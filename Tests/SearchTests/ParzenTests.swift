import Pipeline
import Search
import Testing
import YAML

struct ParzenTests {
  /// The median over seeds of the least value after 60 trials.
  private func median(_ function: KnownFunction, _ method: SearchSpec.Method) -> Double {
    let found = (1...11).map { function.least(by: method, trials: 60, seed: $0) }.sorted()
    return found[found.count / 2]
  }

  @Test(arguments: [KnownFunction.branin, .hartmann])
  func `comes nearer to a known minimum than chance`(function: KnownFunction) {
    let (chance, parzen) = (median(function, .random), median(function, .treeParzen))
    #expect(parzen - function.least < 0.6 * (chance - function.least))
  }

  @Test func `comes nearer in most single searches too`() {
    let wins = (1...15).count { seed in
      KnownFunction.hartmann.least(by: .treeParzen, trials: 60, seed: seed)
        < KnownFunction.hartmann.least(by: .random, trials: 60, seed: seed)
    }
    #expect(wins >= 11)
  }

  @Test func `finds the branch of a conditional setting`() {
    let parameters = [
      SearchParameter(path: "vars.kind", domain: .choices(["a", "b", "c"])),
      SearchParameter(
        path: "vars.b", domain: .numbers(.init(lower: 1e-4, upper: 1, isLogarithmic: true)),
        conditions: [.init(path: "vars.kind", values: ["b"])]),
    ]
    let spec = SearchSpec(
      parameters: parameters, goals: [.init(metric: "f.gain", isMaximized: true)],
      method: .treeParzen, trials: 50, seed: 3)
    let trials = SearchCourse.trials(of: spec) { trial, _ in
      let rate = trial.point["vars.b"]?.double
      #expect((rate != nil) == (trial.point["vars.kind"] == "b"))
      trial.figures["f.gain"] = rate.map { $0 < 0.01 ? 1 + $0 : 0.2 } ?? 0.5
    }
    let late = trials.suffix(20)
    #expect(late.count { $0.point["vars.kind"] == "b" } > 10)
    #expect(Set(trials.map(\.point)).count == trials.count)
  }

  @Test func `finds its way back within a bound`() {
    let parameters = [
      SearchParameter(path: "vars.size", domain: .numbers(.init(lower: 0, upper: 1)))
    ]
    let spec = SearchSpec(
      parameters: parameters, goals: [.init(metric: "m.size", isMaximized: false)],
      bounds: [.init(metric: "m.accuracy", limit: 0.7, isFloor: true)], method: .treeParzen,
      trials: 40, seed: 1)
    let trials = SearchCourse.trials(of: spec) { trial, _ in
      let size = trial.point["vars.size"]?.double ?? 0
      trial.figures = ["m.size": size, "m.accuracy": size]
    }
    let best = TrialRanking(spec).best(of: trials)?.figures["m.size"] ?? 1
    #expect(best >= 0.7 && best < 0.73)
  }
}
