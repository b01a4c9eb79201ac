/// The search for TPUs through their device nodes and Google's PCI vendor identifier.
struct TPUSearch {
  var accelerators: [Accelerator] = []
  var search = DeviceSearch(
    subject: "TPU",
    places: ["/dev/accel*", "/dev/vfio/*", "/sys/bus/pci/devices/*/vendor (0x1ae0)"], found: 0)

  init(reading files: SystemFiles) {
    let folder = "/sys/bus/pci/devices"
    let chips = files.names(in: folder).filter { slot in
      // Other accelerators and network cards pass through VFIO too, so the vendor decides.
      files.hexadecimal("\(folder)/\(slot)/vendor") == 0x1ae0
        && files.hexadecimal("\(folder)/\(slot)/class").map(Self.isAccelerator) ?? false
    }
    let nodes =
      files.names(in: "/dev").filter { $0.hasPrefix("accel") && Int($0.dropFirst(5)) != nil }
      + files.names(in: "/dev/accel").filter { $0.hasPrefix("accel") }
      + files.names(in: "/dev/vfio").filter { Int($0) != nil }
    if !chips.isEmpty, !nodes.isEmpty {
      // One entry stands for the chips of this host together, as their runtime presents them.
      let chipCount = chips.count == 1 ? "1 chip" : "\(chips.count) chips"
      accelerators = [Accelerator(device: .tpu, name: "TPU (\(chipCount))")]
    } else if !chips.isEmpty {
      search.obstacle = "the bus shows \(chips.count), but no device node gives access to them"
    }
    search.found = accelerators.isEmpty ? 0 : chips.count
  }

  /// Whether a PCI class is "processing accelerator" (`0x12`) or the unclassified one (`0xff`) that
  /// some TPU generations state; Google's virtual network cards are of other classes.
  private static func isAccelerator(_ code: Int) -> Bool {
    [0x12, 0xff].contains(code >> 16)
  }
}
