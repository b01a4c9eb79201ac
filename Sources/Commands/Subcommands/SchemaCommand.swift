internal import Diagnostics
internal import Pipeline
internal import Stages

/// `anneal schema`: prints the JSON Schema of pipeline files, or brings the generated files up to date.
struct SchemaCommand: Command {
  var write = false
  var verify = false

  static let name = "schema"
  static let summary = "Prints the JSON Schema of pipeline files."
  static let discussion =
    "Editors that read JSON Schema complete and check a pipeline while it is written. In the "
    + "repository, --write brings schemas/ and docs/reference/ up to date with the code."

  static var parameters: [Parameter<Self>] {
    flag("write", \.write, "Write schemas/ and docs/reference/ below the working folder.")
    flag("check", \.verify, "Fail when those files are not as the code has them.")
  }

  func run(_ console: Console) throws -> ExitCode {
    guard write || verify else {
      console.write(PipelineSchema.document(for: .standard))
      return .done
    }
    let files = GeneratedFiles(.standard)
    if write {
      let written = try files.write(below: ".")
      for path in written { console.say("wrote \(path)") }
      if written.isEmpty { console.say("the schema and the reference are up to date") }
      return .done
    }
    let outdated = try files.outdated(below: ".")
    for path in outdated {
      console.say([
        Diagnostic("'\(path)' is not as the code has it", remedy: "run 'anneal schema --write'")
      ])
    }
    return outdated.isEmpty ? .done : .differs
  }
}
