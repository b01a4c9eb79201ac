extension Machine {
  /// The machine and the limits that this process runs under.
  package static func current() -> Machine {
    Machine(inspecting: SystemFiles(root: ""))
  }

  /// Reads a machine from its kernel's files.
  init(inspecting files: SystemFiles) {
    let description = ProcessorDescription(parsing: files.text("/proc/cpuinfo") ?? "")
    let limits = ControlGroupLimits(reading: files)
    let usable = ProcessorAffinity(reading: files).processors
    let topology = ProcessorTopology(reading: files, processors: usable)
    let quota = limits.processors.map { max(1, Int($0)) } ?? usable.count
    let total = Self.totalMemory(files.text("/proc/meminfo") ?? "")
    let gpus = NVIDIASearch(reading: files)
    let tpus = TPUSearch(reading: files)
    self.init(
      cores: max(1, min(usable.count, quota)),
      physicalCores: max(1, min(topology.physicalCores, quota)),
      memory: [total, limits.memory].compactMap { $0 }.min() ?? 0,
      processor: description.name, features: description.flags,
      accelerators: gpus.accelerators + tpus.accelerators, searches: [gpus.search, tpus.search])
  }

  private static func totalMemory(_ text: String) -> Int? {
    for line in text.split(separator: "\n") where line.hasPrefix("MemTotal:") {
      let fields = line.split(separator: " ")
      guard fields.count > 1, let kibibytes = Int(fields[1]) else { return nil }
      return kibibytes * 1024
    }
    return nil
  }
}
