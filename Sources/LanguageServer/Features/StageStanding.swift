internal import Pipeline
internal import Running

/// How the instances of a stage stand, in words.
struct StageStanding {
  /// One instance with what `anneal status` says of it.
  struct Line {
    let address: String
    let word: String
    let reason: String
    let isFresh: Bool
  }

  let lines: [Line]

  /// - Parameters:
  ///   - stage: the stage's name.
  ///   - analyses: the pipelines that have it.
  init(of stage: String, _ analyses: [PipelineAnalysis], _ surveys: [String: StatusSurvey]) {
    var seen: Set<String> = []
    lines = analyses.flatMap { analysis -> [Line] in
      guard let survey = surveys[analysis.path], let graph = analysis.reading.graph else {
        return []
      }
      return graph.instances.filter { $0.stage == stage && seen.insert($0.address).inserted }
        .compactMap { instance in
          survey.statuses[instance.address].map { status in
            Line(
              address: instance.address, word: status.state.word, reason: status.reason,
              isFresh: status.isFresh)
          }
        }
    }
  }

  /// The whole in a line, such as `up to date`, or `1 of 3 up to date; model@width=16 would run: …`.
  var summary: String? {
    guard let first = lines.first else { return nil }
    if lines.count == 1 { return Self.text(first.word, first.reason) }
    if Set(lines.map(\.word)).count == 1, Set(lines.map(\.reason)).count == 1 {
      return "all \(lines.count) " + Self.text(first.word, first.reason)
    }
    let fresh = lines.count { $0.isFresh }
    guard let other = lines.first(where: { !$0.isFresh }) else {
      return "all \(lines.count) up to date"
    }
    return "\(fresh) of \(lines.count) up to date; "
      + "\(other.address) \(Self.text(other.word, other.reason))"
  }

  /// The state with its reason, where that says more.
  private static func text(_ word: String, _ reason: String) -> String {
    reason == "nothing changed" || reason.isEmpty ? word : "\(word): \(reason)"
  }
}
