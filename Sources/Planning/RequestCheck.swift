internal import Diagnostics
internal import Hardware
internal import Options
internal import Pipeline

/// Finds what a stage asks for and this machine cannot give; what no machine could is found as the
/// pipeline is read.
struct RequestCheck {
  private let choice: StageChoice
  private var machine: Machine { choice.machine }
  private var requests: StageRequests { choice.instance.requests }

  init(_ choice: StageChoice) {
    self.choice = choice
  }

  func problems() -> [Diagnostic] {
    [device, precision, threads, memory, portable].compactMap { $0 }
  }

  private var device: Diagnostic? {
    guard let request = requests.device else { return nil }
    let device = request.value.device
    guard device != .cpu else { return nil }
    guard machine.has(device) else { return absent(device, at: request.range) }
    guard choice.accelerators.contains(device) else {
      return Diagnostic(
        "no engine is installed for '\(device)'", at: request.range,
        remedy: device == .tpu
          ? "this version computes on processors and NVIDIA GPUs" : "run scripts/setup --cuda")
    }
    return nil
  }

  private func absent(_ device: Device, at range: SourceRange) -> Diagnostic {
    var problem = Diagnostic(
      "this machine has no '\(device)'", at: range,
      remedy: "leave 'device' to 'auto', or run on a machine that has one")
    let subject = device == .tpu ? "TPU" : "NVIDIA"
    for search in machine.searches where search.subject.contains(subject) {
      problem.notes.append(Note("\(search)"))
    }
    return problem
  }

  private var precision: Diagnostic? {
    guard let request = requests.precision else { return nil }
    let precision = request.value.precision
    let device = choice.device.value
    guard !machine.computes(precision, on: device) else { return nil }
    let flags: [Precision: String] = [
      .bf16: "the processor lists neither avx512_bf16 nor amx_bf16",
      .fp16: "the processor lists neither avx512_fp16 nor amx_fp16",
      .tf32: "tf32 is a format of NVIDIA GPUs",
    ]
    var problem = Diagnostic(
      "\(device == .cpu ? "this machine's processor" : "'\(device)'") does not multiply \(precision.rawValue) natively",
      at: request.range, remedy: "leave 'precision' to 'auto', or write fp32")
    if device == .cpu, let looked = flags[precision] { problem.notes.append(Note(looked)) }
    return problem
  }

  private var threads: Diagnostic? {
    guard let request = requests.threads, request.value > machine.cores else { return nil }
    return Diagnostic(
      "\(request.value) threads are more than this machine's \(machine.cores) cores",
      at: request.range, remedy: "leave 'threads' to 'auto', or write at most \(machine.cores)",
      notes: [Note("affinity and control-group limits count")])
  }

  private var memory: Diagnostic? {
    guard let request = requests.memory, request.value.bytes > machine.memory else { return nil }
    return Diagnostic(
      "\(request.value) is more memory than this machine's \(ByteCount.rounded(machine.memory))",
      at: request.range, remedy: "leave 'memory' to 'auto', or write less",
      notes: [Note("control-group limits count")])
  }

  private var portable: Diagnostic? {
    guard choice.numerics == .portable else { return nil }
    let remedy = "leave it to 'auto', or write numerics: native"
    if let threads = requests.threads, threads.value > 1 {
      return Diagnostic(
        "portable numerics are computed by one thread, and the stage asks for \(threads.value)",
        at: threads.range, remedy: remedy, notes: [Note("sums round otherwise when they are split")]
      )
    }
    if let precision = requests.precision, precision.value.precision != .fp32 {
      return Diagnostic(
        "portable numerics are computed in fp32, and the stage asks for "
          + precision.value.precision.rawValue,
        at: precision.range, remedy: remedy)
    }
    if let device = requests.device, device.value.device != .cpu {
      return Diagnostic(
        "portable numerics are computed on the processor, and the stage asks for "
          + "'\(device.value.device)'",
        at: device.range, remedy: remedy)
    }
    guard machine.instructionSet < .avx2 else { return nil }
    return Diagnostic(
      "portable numerics need AVX2, which this machine's processor does not have",
      remedy: "run on another machine, or write numerics: native")
  }
}
