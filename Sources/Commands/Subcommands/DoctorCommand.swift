internal import Hardware
internal import YAML

/// `anneal doctor`: says what the machine has and what keeps pipelines from running on it.
struct DoctorCommand: Command {
  var store: String?
  var json = false

  static let name = "doctor"
  static let summary = "Checks the machine and the installation."

  static var parameters: [Parameter<Self>] {
    option("store", \.store, "DIR", "The store to look at, instead of .anneal.")
    flag("json", \.json, "Print the findings as JSON.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let findings = Examination(
      store: PipelinePath.store(named: store, beside: nil), machine: .current()
    ).findings
    if json {
      console.write(.array(findings.map(\.value)))
    } else {
      let column = (findings.map(\.subject.count).max() ?? 0) + 2
      for finding in findings {
        let padding = String(repeating: " ", count: column - finding.subject.count)
        let state = finding.isOK ? "ok      " : "problem "
        console.write(state + finding.subject + padding + finding.detail)
        for remedy in finding.remedies { console.write("          remedy: " + remedy) }
      }
    }
    return findings.allSatisfy(\.isOK) ? .done : .failed
  }
}
