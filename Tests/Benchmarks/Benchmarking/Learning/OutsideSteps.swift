internal import Artifacts
internal import Diagnostics

/// What a training of a minute spends on other things than its steps.
struct OutsideSteps: Question {
  let name = "outside"
  let summary = "what a training of a minute spends outside its steps"
  let part = Part.learning

  private static let epochs = 34
  /// Seconds: a twentieth of a minute.
  private static let target = 3.0

  func answer(_ bench: Bench) throws -> Section {
    let data = try bench.needed()
    let folder = try data.make("pictures") + "/augment-32"
    let workspace = try Workspace(below: data.laboratory.root)
    defer { try? Folder.remove(workspace.path) }
    try OpenFile(creating: workspace.path + "/p.yaml").write(Array(pipeline(folder).utf8))
    let anneal = bench.anneal.executable
    try data.laboratory.perform(Invocation(anneal, ["run", "p.yaml", "varied"]), in: workspace)
    data.progress.tell("training for a minute")
    let outcome = try data.laboratory.measure(
      Invocation(anneal, ["run", "p.yaml", "model"]), in: workspace)
    guard case .finished(var measurement) = outcome else {
      throw Diagnostic("the training did not end: \(Figure.text(outcome))")
    }
    let whole = measurement.wall
    let (steps, validation) = try secondsInside(in: workspace)
    let rest = whole - steps - validation
    measurement.wall = rest
    var outside = Series()
    outside.add(.finished(measurement))
    return Section(
      title: "Outside the steps",
      text: """
        `anneal run` for \(Self.epochs) epochs of ResNet-20 over 3277 pictures of 32 by 32, cropped, flipped and
        rotated anew, in batches of 128; after each the network is measured on 410 others in float32, and at
        the end on 409 more. Steps, in which batches are made, and validation have the times of the stage's
        log; the rest is the start of the processes, the trials of the first steps, checkpoints, the last
        measuring and the artifact, and is what the target is for: how often to validate is asked for. One
        turn.
        """,
      parts: [
        Section.Part(
          caption: "",
          table: MarkdownTable(
            headings: ["", "time", "share"],
            rows: [
              ["the whole run", Figure.time(whole), "1"],
              ["steps", Figure.time(steps), Figure.digits(steps / whole)],
              [
                "validation after each epoch", Figure.time(validation),
                Figure.digits(validation / whole),
              ], ["the rest", Figure.time(rest), Figure.digits(rest / whole)],
            ]))
      ],
      verdicts: [
        TargetCheck(
          subject: "outside the steps of a training of a minute", target: Self.target,
          measured: outside)
      ])
  }

  private func pipeline(_ folder: String) -> String {
    """
    pipeline: p
    seed: 7
    stages:
      pictures:
        load: {images: \(folder), size: 32, split: {train: 80%, validation: 10%, test: 10%}}
      scaled: {from: pictures, normalize: {z-score: {per: channel}}}
      varied:
        from: scaled
        augment: [{crop: {padding: 4}}, {flip: {horizontal: 50%}}, {rotate: {degrees: 10}}]
      model: {from: varied, train: {model: {resnet: {depth: 20}}, batch: 128, epochs: \(Self.epochs)}}
    """
  }

  /// The figures of the log's line such as `840 steps took 58.213 s, validation 3.1 s`.
  private func secondsInside(in workspace: Workspace) throws -> (steps: Double, validation: Double)
  {
    let logs = workspace.path + "/.anneal/logs"
    for run in try Folder.names(in: logs).sorted().reversed() {
      guard let bytes = try? Folder.contents(of: "\(logs)/\(run)/model.log") else { continue }
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let words = line.split(separator: " ")
        if words.count == 8, words[1...2] == ["steps", "took"], let steps = Double(words[3]),
          let validation = Double(words[6])
        {
          return (steps, validation)
        }
      }
    }
    throw Diagnostic("no log says how long the steps took")
  }
}
