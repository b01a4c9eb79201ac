internal import Dataset
internal import Deployment
internal import Diagnostics
internal import Learning
internal import Tensor
internal import YAML

/// What a process of its own is to time: candidates of one model by turns, on rows of one split.
package struct TrialRequest: Codable {
  /// The folders of the model and of the dataset.
  var model: String
  var data: String
  var split: String

  /// A folder for files, which is made when it is needed and removed afterwards.
  var directory: String
  var threads: Int
  /// Rows in a batch.
  var rows: Int
  /// As `Candidate.value` writes them.
  var candidates: [Value]

  /// Rounds of about a fiftieth of a second for each candidate.
  private static let rounds = 12

  /// Reads what a parent process gives.
  package init(_ text: String) throws {
    self = try Value(parsingJSON: text).decoded(as: TrialRequest.self, from: "the request")
  }

  init(
    model: String, data: String, split: String, directory: String, threads: Int, rows: Int,
    candidates: [Value]
  ) {
    self.model = model
    self.data = data
    self.split = split
    self.directory = directory
    self.threads = threads
    self.rows = rows
    self.candidates = candidates
  }

  /// Loads the candidates in this process and times them.
  ///
  /// - Returns: The rows a second of each, at the median of its timings.
  package func measure() throws -> [Double] {
    guard let split = SplitName(rawValue: split) else {
      throw Diagnostic("there is no split '\(split)'")
    }
    try Engine.setThreads(threads)
    let dataset = try Dataset(opening: data)
    let variants = try ModelVariants(
      try Model(opening: model), from: Model.origin(in: model),
      readingRowsOf: dataset.description)
    guard let held = try HeldOut(split, of: dataset, for: variants) else {
      throw Diagnostic("the dataset has no rows in its \(split.rawValue) split")
    }
    let trials = TrialModel(variants, directory: directory)
    defer { trials.removeFiles() }
    let inputs = try held.batch(rows)
    var engines: [any InferenceEngine] = []
    for value in candidates {
      let candidate = try Candidate(value, file: "the request")
      let engine = try trials.engine(for: candidate, batch: rows)
      try engine.load(inputs)
      engines.append(engine)
    }
    let timings = try InterleavedTimer(deadline: .now + .seconds(3600), rounds: Self.rounds)
      .time(engines) { false }
    return zip(timings, engines).map { seconds, engine in
      TimingStatistics(seconds: seconds, rows: rows * engine.streams).throughput
    }
  }
}
