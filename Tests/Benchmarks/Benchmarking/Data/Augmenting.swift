/// How long it takes to make augmented batches of pictures.
struct Augmenting: Question {
  /// The pictures' sides.
  let size: Int
  var name: String { "augment-\(size)" }
  var summary: String { "augmented batches of pictures of \(size) by \(size)" }
  let part = Part.data

  private var passes: Int { size == 32 ? 8 : 4 }
  private var padding: Int { size / 8 }

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let folder = try data.make("pictures") + "/augment-\(size)"
    let dataset = try data.variedPictures(bench.anneal, in: folder, size: size, padding: padding)
    let own = try OwnMeasure.invocation("batches", dataset, "\(passes)")
    let anneal = data.peer(bench.anneal.name, isTimed: true, own)
    let comparison = try bench.compare(
      name, anneal,
      [
        data.peer(
          "torchvision", isTimed: true,
          data.script("augment", folder, "\(padding)", "\(passes)"))
      ])
    return Section(
      title: "Augmenting pictures of \(size) by \(size)",
      text: """
        \(passes) passes over \(size == 32 ? 4096 : 512) pictures in batches of 128: crop with a padding of
        \(padding), flip, rotate by up to 10 degrees, each drawn for each picture, to floats of mean 0. Two
        threads of Anneal, two workers of torchvision v2's; wall time is that of the passes alone.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: [
        RatioCheck(
          subject: "augmenting \(size) by \(size)", target: 2, peer: comparison.peers[0])
      ])
  }
}
