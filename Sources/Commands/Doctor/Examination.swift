internal import Artifacts
internal import Diagnostics
internal import Glibc
internal import Hardware
internal import Options
internal import Planning
internal import Processes

/// Looks at the machine and the installation, one finding after the other.
struct Examination {
  /// The folder of the store that would be used.
  let store: String
  let machine: Machine

  /// The least free space, in bytes, with which a run is likely to end well.
  private static let enoughSpace = 2 << 30

  var findings: [Finding] {
    [Finding("anneal", Version.current), processor, memory]
      + accelerators + NativeEngine.allCases.map { engine($0) } + [storeFinding, space]
  }

  private var processor: Finding {
    let cores = machine.cores == 1 ? "1 core" : "\(machine.cores) cores"
    let natively = [Precision.bf16, .fp16, .int8].filter { machine.computes($0, on: .cpu) }
    let precisions =
      natively.isEmpty ? "" : ", native \(natively.map(\.rawValue).joined(separator: ", "))"
    return Finding(
      "processor",
      "\(machine.processor), \(cores), \(machine.instructionSet.rawValue)\(precisions)")
  }

  private var memory: Finding {
    let size = ByteCount.rounded(machine.memory)
    guard machine.memory >= 1 << 30 else {
      return Finding(
        "memory", problem: "\(size) in all", remedies: ["training needs 1 GiB or more"])
    }
    return Finding("memory", "\(size) in all")
  }

  /// GPUs and TPUs, and whether there is an engine for them.
  private var accelerators: [Finding] {
    let installed = InstalledAccelerators(machine).devices
    let found = machine.accelerators.map { accelerator in
      let name = accelerator.device.description
      if installed.contains(accelerator.device) { return Finding(name, accelerator.name) }
      return Finding(
        name, problem: "\(accelerator.name), but no engine for it is installed",
        remedies: accelerator.device == .tpu
          ? ["stages run on the processor instead"] : ["run scripts/setup --cuda"])
    }
    let missing = machine.searches.filter { $0.found == 0 || $0.obstacle != nil }.map { search in
      search.obstacle == nil
        ? Finding(search.subject, "\(search)")
        : Finding(search.subject, problem: "\(search)", remedies: ["check the driver"])
    }
    return found + missing
  }

  /// Opens a library in a child process, because one that is broken may end it.
  private func engine(_ engine: NativeEngine) -> Finding {
    guard let finished = try? OwnProcess.run([ProbeCommand.name, engine.rawValue]) else {
      return Finding(engine.purpose, problem: "no child process can be started", remedies: [])
    }
    let lines = String(decoding: finished.output + finished.errors, as: UTF8.self)
      .split(separator: "\n").map(String.init)
    let first = lines.first ?? "the child process said nothing"
    if finished.ending == .exited(0) { return Finding(engine.purpose, first) }
    if case .signalled = finished.ending {
      return Finding(
        engine.purpose, problem: "opening the library ended the process (\(finished.ending))",
        remedies: ["run scripts/setup again"])
    }
    let remedies = lines.dropFirst().map { $0.replacing("note: ", with: "") }
    return Finding(
      engine.purpose, problem: first.replacing("error: ", with: ""),
      remedies: remedies.isEmpty ? ["run scripts/setup"] : remedies)
  }

  private var storeFinding: Finding {
    do throws(Diagnostic) {
      _ = try Store(inspecting: store)
      let isThere = try FileStatus(of: store) != nil
      return Finding("store", isThere ? store : "\(store), which the first run makes")
    } catch {
      return Finding("store", problem: error.message, remedies: error.notes.map(\.message))
    }
  }

  private var space: Finding {
    var folder = PipelinePath.existing(above: store)
    if folder.isEmpty { folder = "." }
    var status = statvfs()
    guard unsafe statvfs(folder, &status) == 0 else {
      return Finding(
        "disk", problem: "there is no telling how much space '\(folder)' has", remedies: [])
    }
    let free = Int(status.f_bavail) * Int(status.f_frsize)
    let text = "\(ByteCount.rounded(free)) free for the store"
    guard free >= Self.enoughSpace else {
      return Finding(
        "disk", problem: text,
        remedies: ["free some, or choose another file system with --store"])
    }
    return Finding("disk", text)
  }
}
