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
