internal import Artifacts
internal import Diagnostics
internal import Options
internal import Planning
internal import Records

/// `anneal gc`: checks a store, or removes what the latest runs do not need.
struct CollectCommand: Command {
  var file: String?
  var store: String?
  var keep: Int? = 1
  var dryRun = false
  var verify = false
  var ignoreBranches = false

  static let name = "gc"
  static let summary = "Removes what neither lock files nor tags nor the latest runs need."
  static let discussion =
    "Kept are the artifacts of the lock files beside the store and beside the pipelines that ran, also of "
    + "those in all branches, tags and stashes of their git repositories, of runs with a tag, and of the latest runs of each pipeline. Logs and reports of other runs go, "
    + "checkpoints that no run goes on from, and what stages left in the user's folder that came to no "
    + "result. Records of runs stay: 'anneal report' can write their pages again."

  static var parameters: [Parameter<Self>] {
    argument("PIPELINE", \.file, "The pipeline file, whose store is meant.")
    storeOption(\.store, insteadOf: .besidePipeline)
    option("keep", \.keep, "N", "The latest runs of each pipeline to keep, 1 by default.")
    flag("dry-run", short: "n", \.dryRun, "Say what would go, and remove nothing.")
    flag(
      "ignore-branches", \.ignoreBranches,
      "Heed only lock files that stand in folders now, not those in git's branches and stashes.")
    flag("verify", \.verify, "Check every file against its digest, and remove damaged ones.")
  }

  func run(_ console: Console) throws -> ExitCode {
    let root = PipelinePath.store(named: store, beside: file)
    guard try FileStatus(of: root) != nil else {
      throw Diagnostic("there is no store '\(root)'", remedy: "name one with --store")
    }
    let store = dryRun ? try Store(inspecting: root) : try Store(opening: root)
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
    guard let seen = try Ledger(inspecting: store) else {
      console.say("the store '\(store.root)' remembers no run")
      return .done
    }
    let ledger = dryRun ? seen : try Ledger(opening: store)
    defer { ledger.close() }
    func collection() throws -> StoreCollection {
      try StoreCollection(
        of: store, ledger, latest: keep ?? 1, heedsBranches: !ignoreBranches)
    }
    guard !dryRun else {
      try tell(collection(), store, console)
      return .done
    }
    let collected = try store.collect {
      let collection = try collection()
      try collection.settle()
      return (keeping: collection.outputs, removing: try collection.leftovers())
    }
    console.say(
      "removed \(collected.files.counted("file")), \(ByteCount.rounded(collected.size)), from '\(store.root)'"
    )
    return .done
  }

  /// Says what would go, by run and stage; content that several share counts for the newest.
  private func tell(_ collection: StoreCollection, _ store: Store, _ console: Console) throws {
    let leftovers = try collection.leftovers()
    let surplus = try store.surplus(keeping: collection.outputs, removing: leftovers)
    var left = surplus.sizes
    var rows: [[String]] = []
    for dropped in try collection.dropped() where left[dropped.output] != nil {
      let contents =
        [dropped.output] + (try store.manifest(of: dropped.output).entries.map(\.digest))
      let bytes = contents.reduce(0) { $0 + (left.removeValue(forKey: $1) ?? 0) }
      rows.append([dropped.run, dropped.address, ByteCount.rounded(bytes)])
    }
    if !left.isEmpty {
      rows.append(["-", "in no run", ByteCount.rounded(left.values.reduce(0, +))])
    }
    if !rows.isEmpty {
      console.write(
        TextTable(headings: ["run", "stage", "size"], rows: rows, rightAligned: [2]))
    }
    for path in leftovers { console.write(path) }
    console.say(
      "would remove \(surplus.files.counted("file")), \(ByteCount.rounded(surplus.size)), from "
        + "'\(store.root)'")
  }
}
