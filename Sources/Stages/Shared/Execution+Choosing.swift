internal import Artifacts
internal import Diagnostics
internal import Hardware
internal import Learning
internal import Network
internal import Pipeline
internal import Tensor
internal import YAML

extension Execution {
  /// The execution with everything chosen that a job leaves open: as an earlier attempt at the job did,
  /// or by the first steps of its training. The choice is told to the reporter, who records it.
  ///
  /// - Parameters:
  ///   - recipe: That of the training.
  ///   - network: What is trained; without convolutions there is no layout to choose.
  ///   - steps: The optimizer steps of the whole training.
  ///   - isClassification: Values are wanted with more digits than half precision has.
  ///   - trainer: Makes the training anew for an execution.
  func chosen(
    for job: StageJob, _ reporter: any StageReporter, _ recipe: FittedRecipe,
    _ network: Network, steps: Int, isClassification: Bool,
    trainer: @escaping (Execution) throws -> Trainer
  ) throws -> Execution {
    let memory = ChoiceFile(job)
    let earlier = try memory.read()
    let fitted = try fitted(
      to: job, reporter, after: earlier, recipe, network, trainer: trainer)
    var chosen = fitted
    var choice: MeasuredChoice?
    if let open = job.resources.open {
      (chosen, choice) = try fitted.fastest(
        of: open, after: earlier, reporter, steps: steps, convolves: network.convolves,
        isClassification: isClassification, trainer: trainer)
    } else if fitted.rowsAtOnce == nil {
      return fitted
    }
    var resources = job.resources
    resources.open = nil
    resources.threads = chosen.threads
    resources.channelsLast = chosen.isChannelsLast
    resources.precision = chosen.precision
    resources.choice = choice
    resources.rowsAtOnce = chosen.rowsAtOnce ?? .max
    resources.checkpointsActivations = chosen.checkpointsActivations
    try memory.write(resources)
    reporter.settle(resources)
    try chosen.prepare()
    return chosen
  }

  /// The execution with what steps are fastest with, and what was measured for it.
  private func fastest(
    of open: OpenChoices, after earlier: Resources?, _ reporter: any StageReporter, steps: Int,
    convolves: Bool, isClassification: Bool, trainer: @escaping (Execution) throws -> Trainer
  ) throws -> (Execution, MeasuredChoice?) {
    var chosen = self
    var choice: MeasuredChoice?
    if let settled = earlier {
      chosen.take(settled.threads, settled.precision, isChannelsLast: settled.channelsLast)
      choice = settled.choice
    } else {
      let key = try choiceKey(open, of: trainer(self).work)
      if let known = open.known?.first(where: { $0.key == key && $0.threads <= threads }) {
        reporter.log("as an earlier training of the network told: \(known.figures)")
        chosen.take(known.threads, known.precision, isChannelsLast: known.channelsLast)
        choice = known
      } else {
        var trial = self
        trial.checkpoints = nil
        // How much gradients differ by chance takes two batches to tell.
        let canCompare =
          try isClassification && !open.precisions.isEmpty && trainer(trial).batches > 1
        let wasBusy = Engine.machineIsBusy()
        let (best, figures) = try ExecutionSearch(
          ExecutionSearch.Choices(
            threads: open.threads, layouts: open.layouts && convolves && !isShortOfMemory,
            precisions: canCompare && !isShortOfMemory ? open.precisions : []), steps: steps,
          of: trainer
        ).best(from: trial)
        reporter.log(figures)
        chosen = best
        chosen.checkpoints = checkpoints
        // Beside other work the figures say little about the next time.
        if !wasBusy {
          choice = MeasuredChoice(
            key: key, threads: best.threads, precision: best.precision,
            channelsLast: best.isChannelsLast, figures: figures)
        }
      }
    }
    return (chosen, choice)
  }

  private mutating func take(_ threads: Int, _ precision: Precision, isChannelsLast: Bool) {
    self.threads = threads
    self.precision = precision
    self.isChannelsLast = isChannelsLast
  }

  /// What the speed of a step depends on, in a digest: what it does, what may be chosen, and the machine with
  /// its engine.
  private func choiceKey(_ open: OpenChoices, of work: Value) throws -> String {
    var choices = open
    choices.known = nil
    let machine = Machine.current()
    let facts: Value = [
      "work": work, "open": try Value(encoding: choices), "given": .string(try numerics()),
      "processor": .string(machine.processor), "cores": .int(machine.cores),
    ]
    return Digest(of: facts.canonicalJSON).hex
  }
}

/// Where attempts at a job remember what the first of them chose, as one that goes on has to compute as
/// it did.
private struct ChoiceFile {
  private let path: String
  private let resources: Resources

  init(_ job: StageJob) {
    path = job.checkpoints + "/choice.json"
    resources = job.resources
  }

  /// The choice of an earlier attempt, where it lies within what this one may use.
  func read() throws -> Resources? {
    guard try FileStatus(of: path) != nil else { return nil }
    // One that was torn by a power failure is made anew.
    guard
      let known = try? Value(parsingJSON: Folder.contents(of: path), file: path)
        .decoded(as: Resources.self, from: path),
      known.device == resources.device, known.threads <= resources.threads
    else { return nil }
    return known
  }

  func write(_ resources: Resources) throws {
    try Folder.create(path.parentPath)
    try Folder.replaceFile(
      path, with: Array(try Value(encoding: resources).canonicalJSON.utf8), lasting: false)
  }
}
