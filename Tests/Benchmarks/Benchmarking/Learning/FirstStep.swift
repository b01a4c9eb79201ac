/// How long it takes from the start of a program to the end of the first step of a training.
struct FirstStep: Question {
  let name = "first-step"
  let summary = "from the start of a program to the first step of a training"
  let part = Part.learning

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let own = try OwnMeasure.invocation("first-step", data.randomPictures(), "resnet20")
    let comparison = try bench.compare(
      "the first step", data.peer(bench.anneal.name, own),
      [data.peer("PyTorch", data.script("train_pictures", "first", "resnet20", "plain", "1"))])
    return Section(
      title: "The first step",
      text: """
        The whole time of a program that makes ResNet-20 and takes one step on 128 pictures. Anneal opens a
        dataset's shards for it, as a stage's worker does; PyTorch draws a batch of random numbers.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [RatioCheck(subject: "the first step", target: 3, peer: comparison.peers[0])])
  }
}
