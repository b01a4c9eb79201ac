internal import Artifacts
internal import Diagnostics
internal import Options
internal import Planning
internal import Running

/// `anneal gc`: checks a store, or removes what the latest runs do not need.
struct CollectCommand: Command {
  var file: String?
  var store: String?
  var keep: Int? = 1
  var verify = false

  static let name = "gc"
  static let summary = "Removes artifacts that the latest runs do not need, or checks the store."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file, whose store is meant.")
    option("store", \.store, "DIR", "The store, instead of .anneal beside the pipeline.")
    option("keep", \.keep, "N", "The latest runs of each pipeline to keep, 1 by default.")
    flag("verify", \.verify, "Check every file against its digest, and remove damaged ones.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let root = PipelinePath.store(named: store, beside: file)
    guard try FileStatus(of: root) != nil else {
      throw Diagnostic("there is no store '\(root)'", remedy: "name one with --store")
    }
    let store = try Store(opening: root)
    return verify ? try check(store, console) : try collect(store, console)
  }

  private func check(_ store: Store, _ console: Console) throws -> ExitCode {
    let problems = try store.verify()
    guard !problems.isEmpty else {
      console.say("every file of '\(store.root)' is as it was written")
      return .done
    }
    for problem in problems { console.say("\(problem)") }
    try store.discard(problems)
    console.say("removed; the next run makes them again")
    return .differs
  }

  private func collect(_ store: Store, _ console: Console) throws -> ExitCode {
    guard let ledger = try Ledger(inspecting: store) else {
      console.say("the store '\(store.root)' remembers no run")
      return .done
    }
    let collected = try store.collect(keeping: try ledger.outputs(ofLatest: keep ?? 1))
    console.say(
      "removed \(collected.objects) files, \(ByteCount.rounded(collected.bytes)), from '\(store.root)'"
    )
    return .done
  }
}
