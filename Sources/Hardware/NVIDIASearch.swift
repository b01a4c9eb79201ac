/// The search for NVIDIA GPUs through the driver's files and its device nodes.
struct NVIDIASearch {
  var accelerators: [Accelerator] = []
  var search = DeviceSearch(
    subject: "NVIDIA GPU",
    places: ["/proc/driver/nvidia/gpus", "/dev/nvidia0", "/dev/nvidiactl"], found: 0)

  init(reading files: SystemFiles) {
    let described = Self.describedByDriver(files)
    let nodes = files.names(in: "/dev").compactMap(Self.minor)
    // A container may see fewer nodes than the driver describes: only those with a node are usable.
    let minors = nodes.sorted()
    accelerators = minors.enumerated().map { index, minor in
      let gpu = described[minor]
      let name = gpu?.name ?? "NVIDIA GPU"
      return Accelerator(
        device: .cuda(index), name: name, memory: Self.memory(statedIn: name),
        generation: gpu?.identifier.map(GPUGeneration.init(deviceIdentifier:)))
    }
    search.found = accelerators.count
    if accelerators.isEmpty, !described.isEmpty {
      search.obstacle = "the driver describes \(described.count), but /dev shows none of them"
    } else if !accelerators.isEmpty, !files.exists("/dev/nvidiactl") {
      search.obstacle = "/dev/nvidiactl is missing, so the driver cannot be used"
      accelerators = []
      search.found = 0
    }
  }

  private struct GPU {
    var name: String
    var identifier: Int?
  }

  /// The GPUs that the driver lists, by the minor number of their device node.
  private static func describedByDriver(_ files: SystemFiles) -> [Int: GPU] {
    var result: [Int: GPU] = [:]
    let folder = "/proc/driver/nvidia/gpus"
    for slot in files.names(in: folder) {
      guard let text = files.text("\(folder)/\(slot)/information") else { continue }
      let fields = fields(of: text)
      guard let minor = fields["Device Minor"].flatMap({ Int($0) }) else { continue }
      let identifier = files.hexadecimal("/sys/bus/pci/devices/\(slot)/device")
      result[minor] = GPU(name: fields["Model"] ?? "NVIDIA GPU", identifier: identifier)
    }
    return result
  }

  private static func fields(of text: String) -> [String: String] {
    var result: [String: String] = [:]
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      result[String(line[..<colon].trimmed)] = String(line[line.index(after: colon)...].trimmed)
    }
    return result
  }

  /// The number in a device node's name, `nvidia0`; `nil` for nodes such as `nvidia-uvm`.
  private static func minor(_ name: String) -> Int? {
    guard name.hasPrefix("nvidia") else { return nil }
    return Int(name.dropFirst("nvidia".count))
  }

  /// The bytes in a name such as `NVIDIA H100 80GB HBM3`.
  private static func memory(statedIn name: String) -> Int? {
    for word in name.split(whereSeparator: { $0 == " " || $0 == "-" }) where word.hasSuffix("GB") {
      if let gigabytes = Int(word.dropLast(2)) { return gigabytes << 30 }
    }
    return nil
  }
}
