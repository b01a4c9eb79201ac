internal import Hardware
internal import Options
internal import Pipeline

/// The choices for one stage instance, each a pure function of the stage and the machine.
struct StageChoice {
  let instance: StageInstance
  let machine: Machine
  let accelerators: [Device]
  let numerics: NumericsMode
  let past: PastRun?
  /// What trainings have found fastest on this machine.
  let known: [MeasuredChoice]

  var workload: Workload { instance.settings.workload }

  var device: Decision<Device> {
    if let request = instance.requests.device {
      return Decision(request.value.device, because: "the pipeline asks for it")
    }
    guard workload.usesAccelerators, numerics == .native else {
      return Decision(
        .cpu,
        because: numerics == .portable
          ? "portable numerics are computed on the processor"
          : "'\(instance.kind)' runs on the processor")
    }
    guard let accelerator = machine.accelerators.first(where: { accelerators.contains($0.device) })
    else {
      return Decision(
        .cpu,
        because: machine.accelerators.isEmpty
          ? "the machine has no accelerator"
          : "no engine is installed for the machine's \(machine.accelerators[0].name)")
    }
    return Decision(accelerator.device, because: "it is there: \(accelerator.name)")
  }

  var precision: Decision<Precision> {
    if let request = instance.requests.precision {
      return Decision(request.value.precision, because: "the pipeline asks for it")
    }
    let device = device.value
    guard workload.trains, workload.precisions.contains(.bf16) else {
      return Decision(.fp32, because: reasonForFullPrecision)
    }
    guard numerics == .native else {
      return Decision(.fp32, because: "portable numerics are computed in full precision")
    }
    return machine.computes(.bf16, on: device)
      ? Decision(
        .fp32,
        because:
          "bfloat16, which \(name(of: device)) multiplies natively, is taken where the first "
          + "steps are faster with it and no less exact")
      : Decision(.fp32, because: "\(name(of: device)) has no native bfloat16")
  }

  /// What the stage finds out itself in its first steps; nil where there is nothing to.
  func open(threads: Int) -> OpenChoices? {
    guard workload.trains, numerics == .native else { return nil }
    var open = OpenChoices(layouts: workload.convolves)
    if instance.requests.precision == nil, workload.precisions.contains(.bf16),
      machine.computes(.bf16, on: device.value)
    {
      open.precisions = [.bf16]
    }
    open.threads = instance.requests.threads == nil && device.value == .cpu && threads > 1
    if open.isEmpty { return nil }
    if !known.isEmpty { open.known = known }
    return open
  }

  /// What the stage is expected to choose itself, where its last run measured that.
  func told<Chosen>(
    _ decision: Decision<Chosen>, _ chosen: KeyPath<MeasuredChoice, Chosen>, within threads: Int
  ) -> Decision<Chosen> {
    guard let last = past?.choice, last.threads <= threads, open(threads: threads) != nil else {
      return decision
    }
    return Decision(
      last[keyPath: chosen], because: "its first steps told, when it last ran: \(last.figures)")
  }

  private var reasonForFullPrecision: String {
    switch workload.intensity {
    case .light: "'\(instance.kind)' multiplies little"
    case .compute: "results are measured in full precision"
    case .measurement: "'\(instance.kind)' tries the precisions itself"
    }
  }

  private func name(of device: Device) -> String {
    device == .cpu ? "the processor" : device.description
  }

  var channelsLast: Decision<Bool> {
    guard workload.convolves else { return Decision(false, because: "there are no convolutions") }
    return workload.trains && numerics == .native
      ? Decision(true, because: "channels innermost mostly suit convolutions; the first steps tell")
      : Decision(true, because: "convolutions run faster with the channels innermost")
  }

  func threads(_ automatic: Decision<Int>) -> Decision<Int> {
    if let request = instance.requests.threads {
      return Decision(request.value, because: "the pipeline asks for it")
    }
    if numerics == .portable {
      return Decision(1, because: "portable numerics are computed by one thread")
    }
    guard open(threads: automatic.value)?.threads ?? false else { return automatic }
    return Decision(
      automatic.value,
      because: automatic.reason + "; fewer are taken where the first steps are faster with them")
  }

  var parallelism: Decision<Parallelism> {
    if let request = instance.requests.parallelism {
      return Decision(request.value, because: "the pipeline asks for it")
    }
    return Decision(Parallelism(), because: "the stage runs in one process")
  }

  var memory: Decision<Int> {
    if let request = instance.requests.memory {
      return Decision(request.value.bytes, because: "the pipeline limits it")
    }
    if let peak = past?.peakMemory {
      let bounded = min(machine.memory, peak)
      return Decision(
        min(machine.memory, bounded + bounded / 5),
        because: "it held \(ByteCount.rounded(peak)) last time")
    }
    return Decision(
      min(machine.memory, workload.memory),
      because: "a stage of its kind seldom needs more; it has not run here yet")
  }

  func expected(threads: Int) -> Decision<TimeSpan?> {
    guard let past else { return Decision(nil, because: "it has not run here yet") }
    let seconds = past.seconds * Speedup.of(past.threads) / Speedup.of(threads)
    let span = TimeSpan(rounding: seconds)
    return Decision(
      span,
      because: past.threads == threads
        ? "it took that long last time"
        : "it took \(TimeSpan(rounding: past.seconds)) with \(past.threads) thread"
          + (past.threads == 1 ? "" : "s")
    )
  }

  var instructionSet: InstructionSet {
    numerics == .portable ? min(.avx2, machine.instructionSet) : machine.instructionSet
  }
}
