package import Hardware

/// Finds what a training runs fastest with, by its own first steps: threads, then the layout of images,
/// then the precision. One thing is changed at a time, and kept where that clearly pays; a precision only
/// where its rounding costs little beside what chance does.
package struct ExecutionSearch {
  /// What may be changed.
  package struct Choices: Sendable {
    package var threads: Bool
    package var layouts: Bool
    package var precisions: [Precision]

    package init(threads: Bool, layouts: Bool, precisions: [Precision]) {
      self.threads = threads
      self.layouts = layouts
      self.precisions = precisions
    }
  }

  /// What a step runs with, and the seconds that it takes.
  private typealias Timed = (execution: Execution, seconds: Double)

  private let choices: Choices
  /// The optimizer steps of the whole training.
  private let steps: Int
  /// Seconds that a step takes, measured for about so long; those of the first one, where it takes longer
  /// than the limit.
  private let measure: (Execution, _ seconds: Double, _ limit: Double) throws -> Double
  /// What an execution's precision does to a step.
  private let roundingError: (Execution) throws -> RoundingError

  /// The share of the training's time that a single trial may take.
  private static let share = 0.01
  /// What a change has to save to be kept, so that a moment's disturbance decides little.
  private static let gain = 0.05
  /// A first step that takes so many times as long as the best is told by itself, if it is a long one: what
  /// is made once in it takes less.
  private static let hopeless = 2.0
  /// Seconds of a long step.
  private static let long = 0.1

  package init(
    _ choices: Choices, steps: Int,
    measure: @escaping (Execution, _ seconds: Double, _ limit: Double) throws -> Double,
    roundingError: @escaping (Execution) throws -> RoundingError
  ) {
    self.choices = choices
    self.steps = steps
    self.measure = measure
    self.roundingError = roundingError
  }

  /// The execution to train with, and what was measured in a sentence.
  package func best(from given: Execution) throws -> (execution: Execution, summary: String) {
    // The first step of anything pays for what is made once, so it only tells how long to measure.
    let first = try measure(given, 0, 0)
    let seconds = min(max(first * Double(steps) * Self.share, 0.005), 0.25)
    var best: Timed = (given, try measure(given, seconds, .infinity))
    var told = ["\(Self.name(given)) \(Self.milliseconds(best.seconds))"]

    /// A candidate, where a step takes clearly less with it than with the best so far; else that.
    func faster(_ candidate: Execution, than best: Timed) throws -> Timed {
      let time = try measure(candidate, seconds, max(best.seconds * Self.hopeless, Self.long))
      told.append("\(Self.name(candidate)) \(Self.milliseconds(time))")
      return time < best.seconds * (1 - Self.gain) ? (candidate, time) : best
    }
    if choices.threads {
      for count in Set([1, given.threads / 2]).sorted() where (1..<given.threads).contains(count) {
        var fewer = given
        fewer.threads = count
        best = try faster(fewer, than: best)
      }
    }
    if choices.layouts {
      var other = best.execution
      other.isChannelsLast.toggle()
      best = try faster(other, than: best)
    }
    let full = best.execution
    for precision in choices.precisions {
      var other = full
      other.precision = precision
      var found = try faster(other, than: best)
      if choices.layouts {
        // What layout suits convolutions is another question in another precision.
        other.isChannelsLast.toggle()
        found = try faster(other, than: found)
      }
      guard found.execution.precision == precision else { continue }
      let error = try roundingError(found.execution)
      if let objection = error.objection {
        told.append("\(precision.rawValue) is too coarse, as \(objection)")
      } else {
        told.append("with \(precision.rawValue) \(error.cost)")
        best = found
      }
    }
    let name = Self.name(best.execution)
    return (
      best.execution, "a step takes: \(told.joined(separator: ", ")); it runs with \(name)"
    )
  }

  private static func name(_ execution: Execution) -> String {
    let layout = execution.isChannelsLast ? " channels-last" : ""
    return "\(execution.precision.rawValue)\(layout) on \(execution.threads) "
      + "thread\(execution.threads == 1 ? "" : "s")"
  }

  private static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 1e5).rounded() / 100) ms"
  }
}
