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
    lines = Self.lines(analyses, surveys) { $0 == stage }[stage] ?? []
  }

  private init(_ lines: [Line]) {
    self.lines = lines
  }

  /// How all stages of some pipelines stand, by name.
  static func all(
    _ analyses: [PipelineAnalysis], _ surveys: [String: StatusSurvey]
  ) -> [String: StageStanding] {
    lines(analyses, surveys) { _ in true }.mapValues { StageStanding($0) }
  }

  private static func lines(
    _ analyses: [PipelineAnalysis], _ surveys: [String: StatusSurvey],
    of isWanted: (String) -> Bool
  ) -> [String: [Line]] {
    var lines: [String: [Line]] = [:]
    var seen: Set<String> = []
    for analysis in analyses {
      guard let survey = surveys[analysis.path], let graph = analysis.reading.graph else {
        continue
      }
      for instance in graph.instances
      where isWanted(instance.stage) && seen.insert(instance.address).inserted {
        guard let status = survey.statuses[instance.address] else { continue }
        lines[instance.stage, default: []].append(
          Line(
            address: instance.address, word: status.state.word, reason: status.reason,
            isFresh: status.isFresh))
      }
    }
    return lines
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
