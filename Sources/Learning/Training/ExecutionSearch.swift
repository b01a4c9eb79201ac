package import Hardware

/// Finds what a training runs fastest with, by its own first steps: threads, then the layout of images,
/// then the precision. One thing is changed at a time, and kept where that clearly pays.
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

  private let choices: Choices
  /// The optimizer steps of the whole training.
  private let steps: Int
  /// Seconds that a step takes, measured for about so long.
  private let measure: (Execution, _ seconds: Double) throws -> Double
  /// Whether a step in another precision is as exact as chance leaves it in full precision.
  private let isExact: (Execution) throws -> Bool

  /// The share of the training's time that a single trial may take.
  private static let share = 0.01
  /// What a change has to save to be kept, so that a moment's disturbance decides little.
  private static let gain = 0.05

  package init(
    _ choices: Choices, steps: Int, measure: @escaping (Execution, Double) throws -> Double,
    isExact: @escaping (Execution) throws -> Bool
  ) {
    self.choices = choices
    self.steps = steps
    self.measure = measure
    self.isExact = isExact
  }

  /// The execution to train with, and what was measured in a sentence.
  package func best(from given: Execution) throws -> (execution: Execution, summary: String) {
    var best = given
    // The first run of anything pays for what is made once, so it is not measured.
    let first = try measure(given, 0)
    let seconds = min(max(first * Double(steps) * Self.share, 0.005), 0.25)
    var least = try measure(given, seconds)
    var told = ["\(Self.name(given)) \(Self.milliseconds(least))"]

    func take(_ candidate: Execution) throws {
      let time = try measure(candidate, seconds)
      told.append("\(Self.name(candidate)) \(Self.milliseconds(time))")
      if time < least * (1 - Self.gain) { (best, least) = (candidate, time) }
    }
    if choices.threads {
      for count in Set([1, given.threads / 2]).sorted() where (1..<given.threads).contains(count) {
        var fewer = given
        fewer.threads = count
        try take(fewer)
      }
    }
    if choices.layouts {
      var other = best
      other.isChannelsLast.toggle()
      try take(other)
    }
    let full = best
    for precision in choices.precisions {
      var other = full
      other.precision = precision
      guard try isExact(other) else {
        told.append("\(precision.rawValue) is too coarse")
        continue
      }
      try take(other)
      if choices.layouts {
        // What layout suits convolutions is another question in another precision.
        other.isChannelsLast.toggle()
        try take(other)
      }
    }
    return (best, "a step takes: \(told.joined(separator: ", ")); it runs with \(Self.name(best))")
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

/// Whether gradients in another precision are as near to exact ones as those of one batch are to those of
/// the next, with room to spare: then rounding adds nothing to what chance does anyway.
package enum GradientNoise {
  /// The share of the distance between batches that rounding may make.
  private static let share = 0.1

  /// - Parameters:
  ///   - exact: The gradients of two batches in full precision.
  ///   - rounded: Those of the first in the other one.
  package static func covers(exact: [[Float]], rounded: [Float]) -> Bool {
    guard exact.count >= 2, exact[0].count == rounded.count else { return false }
    let error = distance(exact[0], rounded)
    return error.isFinite && error <= share * distance(exact[0], exact[1])
  }

  private static func distance(_ left: [Float], _ right: [Float]) -> Double {
    zip(left, right).reduce(0) {
      $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
    }
    .squareRoot()
  }
}
