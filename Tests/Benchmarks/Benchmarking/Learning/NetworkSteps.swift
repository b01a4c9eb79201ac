/// How long a step of training a convolutional network takes.
struct NetworkSteps: Question {
  /// As the measuring programs call it.
  let network: String
  let title: String
  var name: String { network }
  var summary: String { "steps of training \(title)" }
  let part = Part.learning

  static let resnet = NetworkSteps(network: "resnet20", title: "ResNet-20")
  static let cnn = NetworkSteps(network: "cnn", title: "three convolutions")

  private static let steps = 12

  /// What is tuned by hand, from nothing to all of it.
  private static let variants = [
    ("plain", "plain"), ("last", "channels-last"), ("half", "bfloat16"),
    ("last+half", "channels-last, bfloat16"), ("compiled", "compiled"),
    ("last+compiled", "channels-last, compiled"), ("half+compiled", "bfloat16, compiled"),
    ("last+half+compiled", "all three"),
  ]

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let own = try OwnMeasure.invocation("steps", data.randomPictures(), network)
    let comparison = try bench.compare(
      "a step of \(title)", data.peer(bench.anneal.name, isTimed: true, own),
      Self.variants.map { variant, words in
        var script = data.script("train_pictures", "steps", network, variant, "\(Self.steps)")
        script.environment["TORCHINDUCTOR_CACHE_DIR"] = data.inputs + "/compiled"
        return data.peer("PyTorch, \(words)", isTimed: true, script)
      })
    return Section(
      title: "Steps of \(title)",
      text: """
        \(Self.steps) steps on batches of 128 pictures of 32 by 32, AdamW, two threads; wall time is that of
        the steps alone. Anneal runs with what it chose by the first steps of the training, as it does by
        default, and makes its batches from a dataset's shards; PyTorch has one batch that lies ready. The
        time that compiling takes is not counted.
        """,
      parts: [Section.Part(caption: "", table: ComparisonTable(comparison: comparison).table)],
      ratios: comparison.peers.map { peer in
        RatioCheck(
          subject: "a step of \(title)", target: peer.name == "PyTorch, plain" ? 1.3 : 1, peer: peer
        )
      })
  }
}
