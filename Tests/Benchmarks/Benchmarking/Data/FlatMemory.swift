internal import Diagnostics

/// How much memory training holds as its dataset grows.
struct FlatMemory: Question {
  let name = "memory"
  let summary = "the memory of a training as its dataset grows"
  let part = Part.data

  private static let sizes = [256, 1024, 4096]

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    var rows: [[String]] = []
    for size in Self.sizes {
      let workspace = try Workspace(below: bench.laboratory.root)
      try bench.laboratory.perform(
        try OwnMeasure.invocation("memory", workspace.path + "/data", "\(size)"), in: workspace)
      let words = workspace.lastLines(1).split(separator: " ").compactMap { Double($0) }
      guard words.count == 3 else {
        throw Diagnostic("the measurement says nothing: \(workspace.lastLines(1))")
      }
      data.progress.tell("memory, \(size) MiB: \(words)")
      rows.append([
        "\(Figure.count(size)) MiB", Figure.memory(Int(words[0])), Figure.memory(Int(words[1])),
        Figure.count(Int(words[2])),
      ])
    }
    return Section(
      title: "Memory",
      text: """
        An epoch of a small network over rows of 256 numbers. A process's own memory is what a stage's
        `memory` bounds; with the pages of mapped shards it is what the system calls resident. Those pages
        are the page cache's, and the system takes them back when it needs them.
        """,
      parts: [
        Section.Part(
          caption: "",
          table: MarkdownTable(
            headings: ["dataset", "own memory, most", "with mapped pages, most", "rows a second"],
            rows: rows))
      ])
  }
}
