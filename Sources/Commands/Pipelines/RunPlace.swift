internal import Artifacts
internal import Diagnostics
internal import Records

/// The records that a command about runs means.
struct RunPlace {
  let store: Store
  let ledger: Ledger

  /// Opens records for looking, or for adding remarks.
  ///
  /// - Parameters:
  ///   - name: the store's folder, or `nil` for the only one in reach.
  ///   - isChanging: whether something is to be written.
  init(store name: String?, beside file: String? = nil, isChanging: Bool = false) throws(Diagnostic)
  {
    let root: String
    if let name = name ?? file.map({ PipelinePath.store(named: nil, beside: $0) }) {
      root = name
    } else {
      root = try Self.inReach()
    }
    guard try FileStatus(of: StoreLayout(root: root).format) != nil else {
      throw Diagnostic(
        "there is no store '\(root)'", remedy: "name one with --store; 'anneal run' makes it")
    }
    store = isChanging ? try Store(opening: root) : try Store(inspecting: root)
    guard let ledger = isChanging ? try Ledger(opening: store) : try Ledger(inspecting: store)
    else {
      throw Diagnostic("the store '\(root)' remembers no run", remedy: "run a pipeline first")
    }
    self.ledger = ledger
  }

  /// The run that a word on the command line means.
  func run(named word: String) throws -> RunRecord {
    do throws(Diagnostic) { return try ledger.run(named: word) } catch {
      // Trouble with the records is not the word's.
      guard try ledger.runs(named: word).count != 1 else { throw error }
      throw UsageError(error.message, remedy: error.notes.first?.message ?? "")
    }
  }

  /// The store of the working folder, or the only one in a folder below it.
  private static func inReach() throws(Diagnostic) -> String {
    let here = StoreLayout(root: StoreLayout.usualName)
    if try FileStatus(of: here.format) != nil { return here.root }
    var found: [String] = []
    for name in try Folder.names(in: ".") where !name.hasPrefix(".") {
      let below = StoreLayout(root: "\(name)/\(StoreLayout.usualName)")
      if try FileStatus(of: below.format) != nil { found.append(below.root) }
    }
    if let only = found.first, found.count == 1 { return only }
    throw Diagnostic(
      found.isEmpty
        ? "there is no store in this folder or one below it" : "several folders here have a store",
      remedy: found.isEmpty
        ? "name one with --store DIR" : "name one, as in --store \(found[0])")
  }
}
