internal import Synchronization

/// How long a stage takes whose input is a folder of very many files.
struct FolderInput: Question {
  let name = "folder"
  let summary = "a stage that reads a folder of 100,000 files: from nothing, unchanged, one changed"

  private static let workload = Workload.folder(100_000)
  private static let moments = ["folder cold", "folder no-op", "folder with one change"]
  private static let targets = [4, 0.6, 0.8]
  private static let captions = ["From nothing", "Nothing changed", "One file changed"]

  func answer(_ bench: Bench) throws -> Section {
    bench.turns.progress.tell("making \(Self.workload.count) files")
    let data = SharedFolder(
      try DataFolder(files: Self.workload.count, at: bench.laboratory.root + "/" + DataFolder.name))
    let comparisons = try bench.turns.compare(
      contender(bench, bench.anneal, data),
      with: bench.peers.map { tool in
        tool is Luigi
          ? .absent(tool.name, moments: Self.moments.count, because: "looks at no input")
          : contender(bench, tool, data)
      }, moments: Self.moments)
    let subjects = Self.captions.map { "a folder of 100,000 files: \($0.lowercased())" }
    return Section(
      title: "A folder of 100,000 files",
      text: """
        One stage reads a folder of 100,000 files of 4 KiB, which are in the page cache, and copies one of
        them. Anneal and DVC read all files to take their digests. Snakemake is given a list of the files,
        because of a folder it sees only the folder's own time; it compares times.
        """,
      parts: zip(Self.captions, comparisons).map { caption, comparison in
        Section.Part(caption: caption, table: ComparisonTable(comparison: comparison).table)
      },
      verdicts: zip(subjects, zip(Self.targets, comparisons)).map { subject, measured in
        TargetCheck(subject: subject, target: measured.0, measured: measured.1.anneal)
      })
  }

  /// The three moments in one new workspace, into which the files are moved.
  private func contender(
    _ bench: Bench, _ tool: any Tool, _ data: SharedFolder
  ) -> Contender {
    Contender(tool.name) {
      let workspace = try bench.laboratory.workspace(Self.workload, for: tool)
      try data.move(to: workspace)
      let cold = try bench.measure(tool.run, in: workspace)
      guard case .finished = cold else {
        return [cold]
          + Self.moments.dropFirst().map { _ in .notOffered("its first run did not end") }
      }
      let unchanged = try bench.measure(tool.run, in: workspace)
      try data.change()
      return [cold, unchanged, try bench.measure(tool.run, in: workspace)]
    }
  }
}

/// The folder that all turns share, wherever it is.
private final class SharedFolder: Sendable {
  private let state: Mutex<(folder: DataFolder, changes: Int)>

  init(_ folder: DataFolder) {
    state = Mutex((folder, 0))
  }

  func move(to workspace: Workspace) throws {
    try state.withLock { try $0.folder.move(to: workspace) }
  }

  func change() throws {
    try state.withLock { state in
      state.changes += 1
      try state.folder.change(turn: state.changes)
    }
  }
}
