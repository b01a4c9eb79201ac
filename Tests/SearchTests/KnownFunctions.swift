import Foundation
import Pipeline
import Search
import YAML

/// A function of the literature with its known minimum.
struct KnownFunction: Sendable {
  let name: String
  let parameters: [SearchParameter]
  let least: Double
  let value: @Sendable ([Double]) -> Double

  /// Branin and Hoo, least 0.397887.
  static let branin = KnownFunction(
    name: "branin",
    parameters: [
      SearchParameter(path: "vars.x", domain: .numbers(.init(lower: -5, upper: 10))),
      SearchParameter(path: "vars.y", domain: .numbers(.init(lower: 0, upper: 15))),
    ], least: 0.397887
  ) { place in
    let (x, y) = (place[0], place[1])
    let bend = y - 5.1 / (4 * .pi * .pi) * x * x + 5 / .pi * x - 6
    return bend * bend + 10 * (1 - 1 / (8 * .pi)) * cos(x) + 10
  }

  /// The six-dimensional function of Hartmann, least -3.32237.
  static let hartmann = KnownFunction(
    name: "hartmann",
    parameters: (0..<6).map {
      SearchParameter(path: "vars.x\($0)", domain: .numbers(.init(lower: 0, upper: 1)))
    }, least: -3.32237
  ) { place in
    let weights = [1.0, 1.2, 3.0, 3.2]
    let scales: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let centers: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    return -(0..<4).reduce(0) { sum, row in
      let distance = (0..<6).reduce(0) {
        let gap = place[$1] - centers[row][$1] / 10_000
        return $0 + scales[row][$1] * gap * gap
      }
      return sum + weights[row] * exp(-distance)
    }
  }

  func value(at point: SearchPoint) -> Double {
    value(parameters.map { point[$0.path]?.double ?? .nan })
  }

  /// The least value that a search finds.
  func least(by method: SearchSpec.Method, trials: Int, seed: Int) -> Double {
    let spec = SearchSpec(
      parameters: parameters, goals: [.init(metric: "f.loss", isMaximized: false)],
      method: method, trials: trials, seed: seed)
    let made = SearchCourse.trials(of: spec) { trial, _ in
      trial.figures["f.loss"] = value(at: trial.point)
    }
    return made.compactMap { $0.figures["f.loss"] }.min() ?? .infinity
  }
}

extension SearchCourse {
  /// Runs a search to its end, so many jobs at a time, of which any may end first.
  static func trials(
    of spec: SearchSpec, jobs: Int = 1, order: Int = 0,
    _ work: (inout Trial, Job) -> Void
  ) -> [Trial] {
    var course = SearchCourse(spec)
    var open: [Job] = []
    var turn = order
    while true {
      if open.count < jobs {
        switch course.next() {
        case .job(let job):
          open.append(job)
          continue
        case .end: return course.trials
        case .wait: break
        }
      }
      guard !open.isEmpty else { return course.trials }
      turn = turn &* 31 &+ 7
      let job = open.remove(at: Int(turn.magnitude % UInt(open.count)))
      var trial = course.trials[job.trial - 1]
      work(&trial, job)
      if trial.state != .failed { trial.state = job.rung == nil ? .complete : .paused }
      course.settle(job, trial)
    }
  }
}
