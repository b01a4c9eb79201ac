internal import Dataset
internal import Deployment
internal import Diagnostics

/// Rows that have no answer and texts that are read otherwise, of which the first are told.
struct RowProblems {
  private static let mostTold = 20
  private static let mostRemarks = 3

  private(set) var failed = 0
  private var problems: [Diagnostic] = []
  private var remarked = 0
  private var remarks: [Diagnostic] = []

  mutating func add(_ answer: NewRows.Answer) {
    if let problem = answer.problem {
      failed += 1
      if problems.count < Self.mostTold { problems.append(problem) }
    }
    for remark in answer.row.remarks {
      remarked += 1
      guard remarks.count < Self.mostRemarks else { continue }
      remarks.append(
        Diagnostic("\(answer.row.label): \(remark)", at: answer.row.place, severity: .warning))
    }
  }

  func tell(_ console: Console) {
    console.say(remarks)
    if remarked > remarks.count {
      console.say(
        "and \(remarked - remarks.count) more such \(remarked - remarks.count == 1 ? "text" : "texts")"
      )
    }
    console.say(problems)
    if failed > problems.count {
      let more = failed - problems.count
      console.insist("and \(more) more \(more == 1 ? "row has" : "rows have") no answer")
    }
  }
}
