internal import Diagnostics

/// One part of what `docs/benchmarks.md` holds.
struct BenchmarkReport: Sendable {
  let part: Part
  let words: [String]
  let surroundings: Surroundings
  let tools: [any Tool]
  var sections: [Section] = []
  /// Seconds that measuring took.
  var duration = 0.0

  /// Why the first question that has no answer has none.
  var problem: Diagnostic? { sections.lazy.compactMap(\.problem).first }

  var markdown: String {
    let command = (["swift run -c release benchmarks"] + words).joined(separator: " ")
    let parts = [
      "## \(part.title)",
      """
      \(part.subject) Everything here was measured on \(surroundings.day) in
      \(Figure.digits(duration / 60)) minutes by

          \(part.setup)
          \(command)\(surroundings.isBusy ? "\n\n" + Self.caution : "")
      """,
      "### Targets", targets,
    ]
    let criteria = part == .runner ? [criteria] : []
    return
      (parts + [method] + sections.map(\.markdown) + criteria + [machine])
      .joined(separator: "\n\n")
  }

  /// The times that are bounds, or the ratios.
  private var targets: String {
    let times = sections.flatMap(\.verdicts)
    let ratios = sections.flatMap(\.ratios)
    let tables = [
      times.isEmpty
        ? nil
        : MarkdownTable(
          headings: ["", "at most", "measured: median (range)", "met"], rows: times.map(\.row),
          numbers: 1..<3),
      ratios.isEmpty
        ? nil
        : MarkdownTable(
          headings: ["", "peer", "its time, times Anneal's: at least", "measured", "met"],
          rows: ratios.map(\.row), numbers: 2..<4),
    ]
    return tables.compactMap { $0?.text }.joined(separator: "\n\n")
  }

  private static let caution = """
    The machine was busy with other work: times would be shorter on a quiet one. Ratios bear it better,
    because they are of runs that followed each other.
    """

  private var method: String {
    let shared = """
      ### How it is measured

      - Wall time runs from before a program is started until it was waited for; processor time is that of
        the program and of all processes that it and they waited for, as wait4(2) gives it. Memory is the
        most that the largest of these processes held; below some 30 MB it may be that of the measuring program.
      - Tools are run by turns, Anneal right before each turn of each peer. A ratio is the median of the
        ratios of such pairs; above 1 the peer takes longer.
      - A run from nothing has a new folder each turn, on ext4 in a part of the file system of its own
        (`chattr +T`), so that no run pays for files that another has removed. What earlier runs wrote is on
        the medium before a clock starts; what programs read is in the page cache.
      - A run that takes too long is stopped and stands as "over"; that tool has no further turn at it.
      """
    switch part {
    case .runner:
      return shared + """

        - Every tool runs the same shell lines, with analytics and checks for updates off, and a home folder
          of its own, so that no user's settings count.
        """
    case .learning:
      return shared + """

        - PyTorch's time is that of a script (`Tests/Benchmarks/Peers/train_pictures.py`) with the start of
          Python. Where a section says that the work alone is timed, the program that does it says how long
          it took; processor time and memory are then those of the whole program.
        """
    case .data:
      return shared + """

        - Anneal's time is that of `anneal run` from nothing, with the start of its processes, digests of
          inputs and outputs and all that it records; a peer's is that of a script (`Tests/Benchmarks/Peers`)
          with the start of Python. Where a section says that the work alone is timed, the program that does
          it says how long it took; processor time and memory are then those of the whole program.
        """
    }
  }

  private var criteria: String {
    let items = tools.map { tool in
      "- **\(tool.name)**: \(tool.criterion).\n  Called as \(tool.calls)."
    }
    return (["### What tells each tool that a stage is up to date", ""] + items)
      .joined(separator: "\n")
  }

  private var machine: String {
    let table = MarkdownTable(headings: ["", ""], rows: surroundings.rows, numbers: 0..<0)
    return "### Where it was measured\n\n" + table.text
  }
}
