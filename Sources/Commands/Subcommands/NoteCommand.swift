internal import Diagnostics
internal import Records

/// `anneal note`: says something about a run.
struct NoteCommand: Command {
  var run = ""
  var words: [String] = []
  var remove = false
  var store: String?

  static let name = "note"
  static let summary = "Writes a note on a run, in place of the one that it has."

  static var parameters: [Parameter<Self>] {
    argument("RUN", \.run, "A run: its name, the beginning of it, a tag, 'last' or 'last~1'.")
    arguments("TEXT", \.words, "What is to be noted.")
    flag("remove", \.remove, "Remove the note.")
    storeOption(\.store, insteadOf: .inReach)
  }

  func run(_ console: Console) throws -> ExitCode {
    guard remove != words.contains(where: { !$0.isEmpty }) else {
      throw UsageError("TEXT is missing", remedy: "write a text, or --remove alone")
    }
    let place = try RunPlace(store: store, isChanging: true)
    let ledger = place.ledger
    let run = try place.run(named: run)
    try ledger.note(run.id, remove ? "" : words.joined(separator: " "))
    console.say("run \(run.id): \(remove ? "the note is removed" : "noted")")
    return .done
  }
}
