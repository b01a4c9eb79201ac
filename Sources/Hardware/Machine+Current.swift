extension Machine {
  /// The machine and the limits that this process runs under.
  package static func current() -> Machine {
    Machine(inspecting: SystemFiles(root: ""))
  }

  /// Bytes of memory that this process may use, looked at once.
  package static let availableMemory = current().memory

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

/// The name and feature flags that `/proc/cpuinfo` gives of the first processor.
struct ProcessorDescription {
  var name = "unknown processor"
  var flags: Set<String> = []

  init(parsing text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":") else {
        if line.trimmed.isEmpty, !flags.isEmpty { return }
        continue
      }
      let value = line[line.index(after: colon)...].trimmed
      switch line[..<colon].trimmed {
      case "model name": name = String(value)
      case "flags", "Features": flags = Set(value.split(separator: " ").map(String.init))
      default: continue
      }
    }
  }
}

/// How many physical cores stand behind a set of logical processors.
struct ProcessorTopology {
  var physicalCores: Int

  init(reading files: SystemFiles, processors: [Int]) {
    let cores = processors.map { processor in
      let topology = "/sys/devices/system/cpu/cpu\(processor)/topology/"
      // Hardware threads of one core list the same siblings.
      return files.line(topology + "thread_siblings_list") ?? "cpu\(processor)"
    }
    physicalCores = Set(cores).count
  }
}
