/// How long it takes to train a network on a table.
struct NetworkTraining: Question {
  let name = "mlp"
  let summary = "training a network on a table of a million rows"
  let part = Part.data

  private static let epochs = 2

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let file = try data.make("learning") + "/learning.csv"
    let pipeline = """
      pipeline: p
      stages:
        rows: {load: {csv: \(file), target: y, split: {train: 100%}}}
        scaled: {from: rows, normalize: {z-score: {per: feature}}}
      """
    let dataset = try data.dataset(bench.anneal, pipeline, stage: "scaled")
    var section = Section(
      title: "Training on a table",
      text: """
        A million rows of 26 numbers in three classes, a network of 128 and 64 hidden units, AdamW with a
        one-cycle schedule, batches of 1024 in a new order each epoch; wall time is that of
        \(Self.epochs) epochs alone. PyTorch has all rows in one tensor that is indexed by a permutation,
        the fused optimizer, and looks at the loss once an epoch; Anneal reads mapped rows, normalises them
        batch by batch, looks at every loss and every row's numbers.
        """)
    for threads in [1, 2] {
      let own = try OwnMeasure.invocation("training", dataset, "\(Self.epochs)", "\(threads)")
      let comparison = try bench.compare(
        "mlp on \(threads)", data.peer(bench.anneal.name, isTimed: true, own),
        [
          data.peer(
            "PyTorch", isTimed: true,
            data.script("train", file, "\(Self.epochs)", "\(threads)"))
        ])
      let words = threads == 1 ? "one thread" : "two threads"
      section.parts.append(
        Section.Part(caption: words, table: ComparisonTable(comparison: comparison).table))
      section.ratios.append(
        RatioCheck(
          subject: "training on a table, \(words)", target: 1, peer: comparison.peers[0]))
    }
    return section
  }
}
