internal import Options
package import Pipeline

/// What earlier runs on this machine tell about a stage.
package protocol History: Sendable {
  /// The latest run of this stage instance, or of one much like it; `nil` where there is none.
  func latest(of instance: StageInstance) -> PastRun?

  /// What trainings have found fastest here, whatever pipelines they were of, the latest first.
  var choices: [MeasuredChoice] { get }
}

extension History {
  package var choices: [MeasuredChoice] { [] }
}

/// What an earlier run of a stage took.
package struct PastRun: Hashable, Sendable {
  package var seconds: Double
  package var threads: Int

  /// The most memory that its worker held at once, in bytes, where that is known.
  package var peakMemory: Int?

  /// What its first steps told, where it is a training that measured them.
  package var choice: MeasuredChoice?

  /// - Parameter seconds: what records say; of what no stage can have taken, the nearest that one can.
  package init(
    seconds: Double, threads: Int, peakMemory: Int? = nil, choice: MeasuredChoice? = nil
  ) {
    self.seconds = TimeSpan(rounding: seconds).seconds
    self.threads = threads
    self.peakMemory = peakMemory
    self.choice = choice
  }
}

/// The history of a machine on which nothing ran yet.
package struct NoHistory: History {
  package init() {}

  package func latest(of instance: StageInstance) -> PastRun? { nil }
}
