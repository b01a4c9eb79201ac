import Pipeline
import Search
import Testing
import YAML

struct CourseTests {
  private static let parameters = [
    SearchParameter(path: "vars.kind", domain: .choices(["a", ["b": [:]]])),
    SearchParameter(
      path: "vars.b", domain: .numbers(.init(lower: 0, upper: 1)),
      conditions: [.init(path: "vars.kind", values: ["b"])]),
    SearchParameter(
      path: "vars.count", domain: .numbers(.init(lower: 2, upper: 8, step: 3, isWhole: true))),
  ]

  private static func spec(
    _ method: SearchSpec.Method, trials: Int? = 40, patience: Int? = nil, target: Double? = nil
  ) -> SearchSpec {
    SearchSpec(
      parameters: parameters, goals: [.init(metric: "m.loss", isMaximized: false)],
      method: method, trials: trials, patience: patience, target: target, seed: 7)
  }

  private static func loss(_ point: SearchPoint) -> Double {
    let rate = point["vars.b"]?.double ?? 0.9
    return (rate - 0.3) * (rate - 0.3) + Double(point["vars.count"]?.int ?? 0) / 10
  }

  private func trials(_ spec: SearchSpec, jobs: Int = 1, order: Int = 0) -> [Trial] {
    SearchCourse.trials(of: spec, jobs: jobs, order: order) { trial, _ in
      trial.figures["m.loss"] = Self.loss(trial.point)
    }
  }

  @Test(arguments: [SearchSpec.Method.random, .treeParzen], [1, 2, 3, 4])
  func `makes the same trials however many run at once`(method: SearchSpec.Method, jobs: Int) {
    #expect(trials(Self.spec(method), jobs: jobs, order: jobs) == trials(Self.spec(method)))
  }

  @Test(arguments: [1, 2, 4]) func `ends after the same trial however many run`(jobs: Int) {
    let patient = Self.spec(.treeParzen, trials: 500, patience: 12)
    let count = trials(patient).count
    #expect(count < 500 && count > 12)
    #expect(trials(patient, jobs: jobs, order: jobs).count == count)
    let aiming = Self.spec(.random, trials: 500, target: 0.21)
    #expect(trials(aiming, jobs: jobs, order: jobs).count == trials(aiming).count)
  }

  @Test func `a longer search begins as a shorter one`() {
    let short = trials(Self.spec(.treeParzen, trials: 25))
    #expect(Array(trials(Self.spec(.treeParzen, trials: 40)).prefix(25)) == short)
  }

  @Test func `a grid has every combination once`() {
    let all = trials(Self.spec(.grid, trials: nil)).map(\.point)
    // Of 'a' three counts; of 'b' its two ends with three counts each.
    #expect(all.count == 9)
    #expect(Set(all).count == 9)
    #expect(all.first?.values == ["vars.kind": "a", "vars.count": 2])
    #expect(all.last?.values == ["vars.kind": ["b": [:]], "vars.b": 1.0, "vars.count": 8])
  }

  @Test func `a small space is tried once and no more`() {
    let spec = SearchSpec(
      parameters: [Self.parameters[2]], goals: [.init(metric: "m.loss", isMaximized: false)],
      method: .treeParzen, trials: 100, seed: 1)
    #expect(Set(trials(spec).map(\.point["vars.count"])) == [2, 5, 8])
    #expect(trials(spec).count == 3)
  }

  @Test func `a search of failures ends`() {
    let made = SearchCourse.trials(of: Self.spec(.treeParzen)) { trial, _ in
      trial.state = .failed
    }
    #expect(made.count == 8)
  }

  @Test func `goes on from the trials that it had`() {
    let spec = Self.spec(.treeParzen)
    let whole = trials(spec)
    var again = SearchCourse(spec)
    while case .job(let job) = again.next() {
      #expect(again.trials[job.trial - 1].point == whole[job.trial - 1].point)
      again.settle(job, whole[job.trial - 1])
    }
    #expect(again.trials == whole)
  }

  @Test func `numbers keep to their steps and to four digits`() {
    let scale = UnitScale(.init(lower: 1e-5, upper: 0.1, isLogarithmic: true))
    #expect(scale.value(at: 0) == 1e-5 && scale.value(at: 1) == 0.1)
    #expect(scale.value(at: 0.5) == 0.001)
    #expect(scale.value(0.012_345_6) == 0.012_35)
    let steps = UnitScale(.init(lower: 1, upper: 8, step: 3, isWhole: true))
    #expect(steps.all == [1, 4, 7])
    #expect(steps.value(at: 0.99) == 7 && steps.value(at: 0.01) == 1)
    let factors = UnitScale(
      .init(lower: 1, upper: 100, step: 1, isLogarithmic: true, isWhole: true))
    #expect(factors.value(at: 0) == 1 && factors.value(at: 1) == 100)
    #expect(abs((factors.value(at: 0.5).double ?? 0) - 9) < 3)
  }
}

struct TrialTests {
  @Test func `reads back what it wrote`() {
    var trial = Trial(
      number: 3, point: SearchPoint(["vars.a": 1.0, "vars.b": 1, "c": [["d": [:]]]]))
    trial.state = .paused
    trial.figures = ["m.accuracy": 0.5]
    trial.rungs = [.init(epoch: 2, figure: 0.25)]
    trial.runs = ["20260101-000000-abcd"]
    trial.seconds = 2.5
    let text = trial.value.canonicalJSON
    #expect(Trial((try? Value(parsingJSON: text)) ?? .null) == trial)
    #expect(trial.point["vars.a"]?.int == 1)
    #expect(Trial(["number": 1]) == nil)
  }

  private static let spec = SearchSpec(
    parameters: [],
    goals: [
      .init(metric: "accuracy", isMaximized: true), .init(metric: "size", isMaximized: false),
    ], bounds: [.init(metric: "accuracy", limit: 0.5, isFloor: true)], method: .random, seed: 1)

  private static func trial(_ number: Int, _ accuracy: Double, _ size: Double) -> Trial {
    var trial = Trial(number: number, point: SearchPoint(["n": .int(number)]))
    trial.state = .complete
    trial.figures = ["accuracy": accuracy, "size": size]
    return trial
  }

  @Test func `a front has what nothing else beats in everything`() {
    let trials = [
      Self.trial(1, 0.9, 100), Self.trial(2, 0.8, 50), Self.trial(3, 0.7, 60),
      Self.trial(4, 0.4, 1), Self.trial(5, 0.9, 100), Self.trial(6, .nan, 1),
    ]
    let ranking = TrialRanking(Self.spec)
    #expect(ranking.front(of: trials).map(\.number) == [1, 2])
    #expect(ranking.ordered(trials).map(\.number) == [1, 2, 3, 5, 4, 6])
    #expect(ranking.best(of: trials) == nil)
  }

  @Test func `the setting that decides is the important one`() {
    let spec = SearchSpec(
      parameters: ["a", "b", "c"].map {
        SearchParameter(path: $0, domain: .numbers(.init(lower: 0, upper: 1)))
      }, goals: [.init(metric: "m", isMaximized: true)], method: .random, trials: 150, seed: 2)
    let trials = SearchCourse.trials(of: spec) { trial, _ in
      let (a, b) = (trial.point["a"]?.double ?? 0, trial.point["b"]?.double ?? 0)
      trial.figures["m"] = 3 * a + b
    }
    let found = SettingImportance(of: spec.goals[0], spec, trials)
    #expect(found?.shares.map(\.path) == ["a", "b", "c"])
    // Of the variances 9/12 and 1/12 the shares are 0.9 and 0.1.
    #expect(abs((found?.shares[0].share ?? 0) - 0.9) < 0.06)
    #expect(abs((found?.shares[1].share ?? 0) - 0.1) < 0.06)
    #expect(found?.isTelling == true)
    #expect(SettingImportance(of: spec.goals[0], spec, Array(trials.prefix(9))) == nil)
  }
}
