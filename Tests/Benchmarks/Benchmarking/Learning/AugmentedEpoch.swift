/// How long an epoch takes whose pictures are augmented.
struct AugmentedEpoch: Question {
  let name = "epoch"
  let summary = "epochs over augmented pictures"
  let part = Part.learning

  private static let epochs = 1

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let folder = try data.make("pictures") + "/augment-32"
    let dataset = try data.variedPictures(bench.anneal, in: folder, size: 32, padding: 4)
    let own = try OwnMeasure.invocation("epoch", dataset, "cnn", "\(Self.epochs)")
    let comparison = try bench.compare(
      "an augmented epoch", data.peer(bench.anneal.name, isTimed: true, own),
      [
        data.peer(
          "torchvision and DataLoader", isTimed: true,
          data.script("train_pictures", "epoch", "cnn", "plain", "\(Self.epochs)", folder))
      ])
    return Section(
      title: "An epoch over augmented pictures",
      text: """
        4096 pictures of 32 by 32, cropped, flipped and rotated anew, the network of three convolutions,
        batches of 128. Torchvision augments in the two workers of a DataLoader that are running already;
        Anneal's choice by the first steps is made before.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [RatioCheck(subject: "an augmented epoch", target: 2, peer: comparison.peers[0])])
  }
}
