import Pipeline
import Search
import Testing
import YAML

struct HalvingTests {
  private static func spec(trials: Int, ahead: Int) -> SearchSpec {
    SearchSpec(
      parameters: [SearchParameter(path: "vars.x", domain: .numbers(.init(lower: 0, upper: 1)))],
      goals: [.init(metric: "m.validation.loss", isMaximized: false)],
      method: .successiveHalving(rungs: [1, 3], factor: 3, isMaximized: false), trials: trials,
      ahead: ahead, seed: 5)
  }

  /// Runs trials whose loss at every rung is what `loss` says of their number.
  private func course(
    trials: Int, ahead: Int = 1, jobs: Int = 1, order: Int = 0, _ loss: (Int) -> Double
  ) -> (trials: [Trial], jobs: [String]) {
    var done: [(Int, String)] = []
    let made = SearchCourse.trials(
      of: Self.spec(trials: trials, ahead: ahead), jobs: jobs, order: order
    ) { trial, job in
      done.append((job.index, "\(trial.number) to \(job.rung.map { "rung \($0)" } ?? "the end")"))
      if let rung = job.rung {
        trial.rungs.append(.init(epoch: [1, 3][rung], figure: loss(trial.number)))
      } else {
        trial.figures = ["m.validation.loss": loss(trial.number)]
      }
    }
    return (made, done.sorted { $0.0 < $1.0 }.map(\.1))
  }

  /// Li et al. (2020), table 1, bracket 0 for r = 1, R = 9, η = 3: nine trials at the first rung, three at
  /// the second, one at the third.
  @Test func `keeps as many at each rung as the paper's table`() {
    let (trials, jobs) = course(trials: 9) { Double($0) }
    #expect(trials.count == 9)
    #expect(trials.count { $0.rungs.count > 0 } == 9)
    #expect(trials.count { $0.rungs.count > 1 } == 3)
    #expect(trials.count { $0.state == .complete } == 1)
    #expect(trials[0].state == .complete)
    // One worker promotes as soon as one of three is known to be the best (algorithm 2).
    #expect(
      jobs == [
        "1 to rung 0", "2 to rung 0", "3 to rung 0", "1 to rung 1", "4 to rung 0", "5 to rung 0",
        "6 to rung 0", "2 to rung 1", "7 to rung 0", "8 to rung 0", "9 to rung 0", "3 to rung 1",
        "1 to the end",
      ])
  }

  @Test func `promotes what later turns out to be best as well`() {
    let (trials, _) = course(trials: 9) { Double(10 - $0) }
    // From the third on each is the best so far, and goes on before any better one is known.
    #expect(trials.filter { $0.rungs.count > 1 }.map(\.number) == Array(3...9))
    #expect(trials[8].state == .complete)
  }

  @Test(arguments: [1, 2, 4, 9]) func `decides the same however many run at once`(jobs: Int) {
    let first = course(trials: 27, ahead: 4) { Double($0 * 7919 % 101) }
    let other = course(trials: 27, ahead: 4, jobs: jobs, order: jobs) {
      Double($0 * 7919 % 101)
    }
    #expect(first.jobs == other.jobs)
    #expect(first.trials == other.trials)
  }

  @Test func `failed trials go nowhere`() {
    let spec = Self.spec(trials: 10, ahead: 1)
    let trials = SearchCourse.trials(of: spec) { trial, job in
      guard trial.number != 1 else { return trial.state = .failed }
      if job.rung != nil {
        trial.rungs.append(.init(epoch: 1, figure: Double(trial.number)))
      }
    }
    #expect(trials[0].state == .failed)
    #expect(trials[1].state == .complete)
  }
}
