internal import Artifacts
internal import Diagnostics
internal import Records

/// `anneal import`: takes a run from an archive.
struct ImportCommand: Command {
  var archive = ""
  var folder: String? = "."
  var store: String?

  static let name = "import"
  static let summary = "Takes a run, its pipeline and its artifacts from an archive."
  static let discussion =
    "Nothing that is there is replaced, be it a file, a result or a tag, and nothing is run. Afterwards "
    + "'anneal run' has nothing to do."

  static var parameters: [Parameter<Self>] {
    argument("FILE", \.archive, "The archive that 'anneal export' wrote.")
    option("to", \.folder, "DIR", "Where the pipeline goes, the working folder by default.")
    storeOption(\.store, insteadOf: .besidePipeline)
  }

  func run(_ console: Console) throws -> ExitCode {
    let folder = folder ?? "."
    let outcome = try RunImport(
      archive, to: folder, store: store ?? ".anneal".path(in: folder)
    ).run()
    let run = outcome.run
    console.say(
      "took run \(run.id) of \(run.pipeline): \(outcome.files.counted("file")) in \(folder)")
    for path in outcome.missing {
      console.say("not in the archive, and needed to run it again: \(path)")
    }
    for address in outcome.kept {
      console.say("'\(address)' came to something else here, which stays")
    }
    for tag in outcome.leftOutTags {
      console.say("left out the tag '\(tag)', which another run here has")
    }
    let invocation = Invocation(
      overrides: run.environment.overrides, profiles: run.environment.profiles)
    console.say("check it with: " + invocation.runLine(of: outcome.pipelineFile))
    return .done
  }
}
