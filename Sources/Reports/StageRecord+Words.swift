internal import Artifacts
internal import Diagnostics
internal import FoundationEssentials
internal import Records
internal import YAML

extension StageRecord.Outcome {
  /// The outcome as it reads in a table.
  package var words: String {
    switch self {
    case .fresh: "up to date"
    case .ran: "ran"
    case .failed: "failed"
    case .skipped: "skipped"
    case .cancelled: "not finished"
    }
  }
}

extension StageRecord {
  /// The outcome as it reads in a table, where nobody ran the stage too.
  package var words: String {
    guard outcome == .ran, result?.origin.acceptance != nil, !isReplaced else {
      return outcome.words
    }
    return "accepted, not run"
  }

  /// What the stage did, or why it did nothing.
  package var story: String {
    if outcome == .skipped, let reason { return "skipped: \(reason)" }
    if let problem = problems.first { return problem.message }
    guard let result else { return "" }
    let sentence = StageStory(result.metrics).sentence
    return sentence.isEmpty ? describe : sentence
  }

  /// Where a result comes from that this run did not make; `nil` where it did.
  package var origin: String? {
    guard let result else { return nil }
    let clauses = [source, result.origin.clause].compactMap(\.self)
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  private var source: String? {
    guard let result else { return nil }
    let took = Figure.duration(result.seconds)
    if isReplaced {
      return
        "what stands here was made later, on \(result.finished.formatted(.iso8601)) in \(took): "
        + "an older anneal kept only the last result of equal stages"
    }
    guard outcome == .fresh, result.origin.acceptance == nil else { return nil }
    return result.run.map { "made by run \($0) in \(took)" } ?? "made before in \(took)"
  }

  /// The name under which the page's parts refer to the stage: letters, digits and `-`, one for each
  /// address.
  var anchor: String {
    var name = "stage-"
    for byte in address.utf8 {
      let character = Character(UnicodeScalar(byte))
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      name += isPlain ? String(character) : "-" + String(byte, radix: 16) + "-"
    }
    return name
  }
}
