internal import Diagnostics
internal import Records

/// `anneal tag`: gives a run names by which it can be found again, and keeps it from collection.
struct TagCommand: Command {
  var run = ""
  var names: [String] = []
  var remove = false
  var store: String?

  static let name = "tag"
  static let summary = "Gives a run tags, or takes them away; what a tagged run made is kept."

  static var parameters: [Parameter<Self>] {
    argument("RUN", \.run, "A run: its name, the beginning of it, a tag, 'last' or 'last~1'.")
    arguments("TAG", \.names, "The tags.")
    flag("remove", \.remove, "Take the tags away.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    guard !names.isEmpty else { throw UsageError("TAG is missing", remedy: "name a tag") }
    let place = try RunPlace(store: store, isChanging: true)
    let ledger = place.ledger
    let run = try place.run(named: run)
    for name in names {
      try RunTag.check(name)
      guard remove else {
        try ledger.tag(run.id, name)
        continue
      }
      guard run.tags.contains(name) else {
        throw Diagnostic(
          "run \(run.id) has no tag '\(name)'",
          remedy: run.tags.isEmpty
            ? "it has none" : "its tags are \(run.tags.joined(separator: ", "))")
      }
      try ledger.untag(run.id, name)
    }
    let tags = try ledger.run(named: run.id).tags
    console.say(
      "run \(run.id): " + (tags.isEmpty ? "no tags" : "tags \(tags.joined(separator: ", "))"))
    return .done
  }
}
