internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Processes
internal import Records
internal import Reports
internal import YAML

/// `anneal show`: what a stage was given and what it left behind.
struct ShowCommand: Command {
  var word: String?
  var stages: [String] = []
  var changes = PipelineChanges()
  var store: String?
  var json = false
  var preview = false
  var output: String?

  static let name = "show"
  static let summary =
    "Shows stages as the last run of a pipeline left them, or everything recorded of a run."

  static var parameters: [Parameter<Self>] {
    argument(
      "PIPELINE|RUN", \.word, "A pipeline file, or a run: its name, a tag, 'last' or 'last~1'.")
    arguments("STAGE", \.stages, "Stages or instances; all by default.")
    changeOptions(\.changes)
    storeOption(\.store, insteadOf: .besidePipeline)
    flag("json", \.json, "Print everything as JSON.")
    flag(
      "preview", \.preview,
      "Draw training images or sounds of a stage, and how they are augmented, and print the file's path."
    )
    option(
      "output", short: "o", \.output, "FILE", "Where --preview draws, instead of in STAGE.png.")
  }

  func run(_ console: Console) throws -> ExitCode {
    if output != nil, !preview {
      throw UsageError("'--output' is for '--preview'", remedy: "give both, or neither")
    }
    if !preview, let word, !NamedStages.isFile(word), try isRun(word) || !isStage(word) {
      return try show(run: word, console)
    }
    let named = NamedStages(word, stages)
    let loading = changes.loading(named)
    guard let read = loading.readLocked(naming: named.stages, on: console) else { return .wrong }
    var instances = read.named
    let recorded = try RecordedPipeline(read.pipeline, loading, store: store)
    if named.stages.isEmpty { instances = recorded.instances }
    if preview { return try draw(instances, in: recorded, console) }
    if json {
      console.write(.array(try instances.map { try value(of: $0, in: recorded) }))
      return .done
    }
    for (index, instance) in instances.enumerated() {
      if index > 0 { console.write("") }
      try show(instance, of: recorded, on: console)
    }
    let folds = FoldSummary(
      recorded.instances.map { instance in
        FoldSummary.Member(
          address: instance.address, settings: instance.settings.value,
          metrics: instances.contains { $0.address == instance.address }
            ? recorded[instance.address]?.metrics : nil)
      })
    for line in RunText.folds(folds) { console.write(line) }
    return .done
  }

  /// Draws the rows of a dataset in a process of its own.
  private func draw(
    _ instances: [StageInstance], in recorded: RecordedPipeline, _ console: Console
  ) throws -> ExitCode {
    let drawable = instances.filter { $0.settings.output == .dataset }
    guard let instance = drawable.first else {
      throw Diagnostic(
        "there is no stage with rows to draw",
        remedy: "name a stage that loads, cleans, normalises or augments")
    }
    guard drawable.count == 1 else {
      throw Diagnostic(
        "a picture is of one stage, and these are \(drawable.count)",
        remedy: "name one of \(drawable.map(\.address).shortened().joined(separator: ", "))")
    }
    let file = output ?? instance.address.replacing("/", with: "-") + ".png"
    let ending = try OwnProcess.attached([
      SheetCommand.name, "--", try recorded.folder(of: instance.address), file,
    ])
    guard ending == .exited(0) else { return .failed }
    if json { console.write(["preview": .string(file)]) } else { console.write(file) }
    return .done
  }

  /// Whether the records that are in reach have a run that a word means.
  private func isRun(_ word: String) throws(Diagnostic) -> Bool {
    guard let place = try? RunPlace(store: store) else { return false }
    return try !place.ledger.runs(named: word).isEmpty
  }

  /// Whether a word means stages of the folder's pipeline.
  private func isStage(_ word: String) -> Bool {
    (try? changes.loading(nil).load().graph.instances(named: word)) != nil
  }

  private func show(run word: String, _ console: Console) throws -> ExitCode {
    let place = try RunPlace(store: store)
    let ledger = place.ledger
    let run = try place.run(named: word)
    let all = try ledger.stages(of: run.id)
    var stages = all
    for name in self.stages
    where !stages.contains(where: { $0.address == name || $0.stage == name }) {
      throw Diagnostic(
        "run \(run.id) has no stage '\(name)'",
        remedy: "its stages are \(stages.map(\.address).joined(separator: ", "))")
    }
    if !self.stages.isEmpty {
      stages = stages.filter { stage in
        self.stages.contains { $0 == stage.address || $0 == stage.stage }
      }
    }
    let text = RunText(run: run, stages: stages, of: all)
    if json { console.write(text.value) } else { console.write(text.text) }
    return .done
  }

  private func value(of instance: StageInstance, in recorded: RecordedPipeline) throws -> Value {
    let stage = recorded[instance.address]
    let isFreed = recorded.isFreed(instance)
    var value: Value = [
      "address": .string(instance.address), "kind": .string(instance.kind),
      "settings": instance.settings.value,
      "artifact": isFreed ? .null : .string(try recorded.folder(of: instance.address)),
      "metrics": stage?.metrics ?? [:], "key": .string(stage?.key.hex ?? ""),
      "output": .string(stage?.output.hex ?? ""), "numerics": stage?.numerics ?? .null,
    ]
    if let origin = stage?.origin, !origin.isUsual { value["origin"] = origin.value }
    return value
  }

  private func show(
    _ instance: StageInstance, of recorded: RecordedPipeline, on console: Console
  ) throws {
    let artifact: [(String, String)]
    if recorded.isFreed(instance) {
      artifact = [("artifact", "its temporary files were removed")]
    } else {
      let folder = try recorded.folder(of: instance.address)
      artifact = try [("artifact", folder)] + ArtifactText(folder).lines
    }
    console.write("\(instance.address): \(instance.kind)")
    if !instance.describe.isEmpty { console.write("  " + instance.describe) }
    if let clause = recorded[instance.address]?.origin.clause { console.write("  " + clause) }
    write(artifact, under: nil, on: console)
    write(
      MetricsText.lines(recorded[instance.address]?.metrics ?? [:]), under: "metrics",
      on: console)
    write(MetricsText.lines(instance.settings.value), under: "settings", on: console)
  }

  private func write(_ lines: [(String, String)], under heading: String?, on console: Console) {
    guard !lines.isEmpty else { return }
    if let heading { console.write("  \(heading)") }
    let indent = heading == nil ? "  " : "    "
    let column = (lines.map(\.0.count).max() ?? 0) + 2
    for (name, text) in lines {
      console.write(
        indent + name + String(repeating: " ", count: column - name.count) + text)
    }
  }
}
