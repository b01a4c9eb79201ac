package import Diagnostics
package import YAML

/// One trial of a search and what became of it.
package struct Trial: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// It was begun and has not ended; where nobody is at it, its process was killed.
    case running
    /// It reached a rung, from which it may go on.
    case paused
    case complete
    case failed
  }

  /// What the watched metric was at a rung.
  package struct Rung: Hashable, Sendable {
    package var epoch: Int
    package var figure: Double

    package init(epoch: Int, figure: Double) {
      self.epoch = epoch
      self.figure = figure
    }
  }

  /// From 1.
  package var number: Int
  package var point: SearchPoint
  package var state = State.running

  /// The figures of goals and bounds by metric.
  package var figures: [String: Double] = [:]
  package var rungs: [Rung] = []

  /// What the watched metric was after epochs of rungs, also of those that it has not been let to yet.
  package var heard: [Int: Double] = [:]

  /// The rung that it was to reach when its run ended before it.
  package var endedBefore: Int?

  /// The names of its runs, the last one last.
  package var runs: [String] = []

  /// Why it failed.
  package var problems: [Diagnostic] = []

  /// How long its runs took together.
  package var seconds = 0.0

  package init(number: Int, point: SearchPoint) {
    self.number = number
    self.point = point
  }
}

extension Trial {
  /// The trial as plain data, for the records and for programs.
  package var value: Value {
    [
      "number": .int(number), "state": .string(state.rawValue), "settings": .object(point.values),
      "figures": .object(figures.mapValues { .double($0) }),
      "rungs": .array(
        rungs.map { ["epoch": .int($0.epoch), "figure": .double($0.figure)] }),
      "heard": .object(
        Dictionary(heard.map { ("\($0.key)", .double($0.value)) }) { first, _ in first }),
      "ended-before": endedBefore.map { .int($0) } ?? .null,
      "runs": .array(runs.map { .string($0) }),
      "problems": .array(problems.compactMap { try? Value(encoding: $0) }),
      "seconds": .double(seconds),
    ]
  }

  /// Reads what `value` wrote; nil for anything else.
  package init?(_ value: Value) {
    guard let number = value["number"]?.int, let settings = value["settings"]?.object,
      let state = value["state"]?.string.flatMap(State.init)
    else { return nil }
    self.init(number: number, point: SearchPoint(settings))
    self.state = state
    figures = (value["figures"]?.object ?? [:]).compactMapValues(\.double)
    rungs = (value["rungs"]?.array ?? []).compactMap { rung in
      guard let epoch = rung["epoch"]?.int, let figure = rung["figure"]?.double else { return nil }
      return Rung(epoch: epoch, figure: figure)
    }
    for (epoch, figure) in value["heard"]?.object ?? [:] {
      if let epoch = Int(epoch), let figure = figure.double { heard[epoch] = figure }
    }
    endedBefore = value["ended-before"]?.int
    runs = (value["runs"]?.array ?? []).compactMap(\.string)
    problems = (value["problems"]?.array ?? []).compactMap {
      try? $0.decoded(as: Diagnostic.self, from: "a trial")
    }
    seconds = value["seconds"]?.double ?? 0
  }
}
