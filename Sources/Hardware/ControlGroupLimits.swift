/// The processor and memory limits of the control groups that this process is in.
///
/// Both versions are read. A limit anywhere between the process's own group and the root of the
/// hierarchy counts, so every level is visited and the smallest value taken.
struct ControlGroupLimits {
  /// Processors by quota over period, where a quota is set.
  var processors: Double?
  /// Bytes of memory, where a limit is set.
  var memory: Int?

  init(reading files: SystemFiles) {
    let memberships = Self.memberships(files.text("/proc/self/cgroup") ?? "")
    for mount in Self.mounts(files.text("/proc/self/mountinfo") ?? "") {
      let path = memberships.first { mount.serves($0.controllers) }?.path ?? "/"
      for group in mount.groups(from: path) { narrow(by: group, version: mount.version, files) }
    }
  }

  private mutating func narrow(by group: String, version: Int, _ files: SystemFiles) {
    if version == 2 {
      let fields = files.line(group + "/cpu.max")?.split(separator: " ") ?? []
      if fields.count == 2, let quota = Double(fields[0]), let period = Double(fields[1]) {
        narrow(quota: quota, period: period)
      }
      narrow(memory: files.line(group + "/memory.max"))
    } else {
      if let quota = files.line(group + "/cpu.cfs_quota_us").flatMap(Double.init),
        let period = files.line(group + "/cpu.cfs_period_us").flatMap(Double.init)
      {
        narrow(quota: quota, period: period)
      }
      narrow(memory: files.line(group + "/memory.limit_in_bytes"))
    }
  }

  private mutating func narrow(quota: Double, period: Double) {
    guard quota > 0, period > 0 else { return }
    processors = min(processors ?? .infinity, quota / period)
  }

  /// Version 1 writes "no limit" as a number near the largest one.
  private mutating func narrow(memory text: String?) {
    guard let bytes = text.flatMap(Int.init), bytes > 0, bytes < 1 << 60 else { return }
    memory = min(memory ?? .max, bytes)
  }

  // MARK: Membership and mounts

  /// A line of `/proc/self/cgroup`: `4:memory:/some/group`, or `0::/some/group` in version 2.
  private struct Membership {
    var controllers: Set<String>
    var path: String
  }

  /// A mounted hierarchy, with the group that its mount point shows.
  private struct Mount {
    var version: Int
    var root: String
    var point: String
    var controllers: Set<String>

    func serves(_ others: Set<String>) -> Bool {
      version == 2 ? others.isEmpty : !controllers.isDisjoint(with: others)
    }

    /// The folders from the group at `path` up to the mount point.
    func groups(from path: String) -> [String] {
      var relative = Substring(path)
      if root != "/", path.hasPrefix(root) { relative = path.dropFirst(root.count) }
      var names = relative.split(separator: "/")
      // A group outside this mount's view cannot be visited; the mount point itself can.
      if names.contains("..") { names = [] }
      return (0...names.count).reversed().map { count in
        ([Substring(point)] + names[..<count]).joined(separator: "/")
      }
    }
  }

  private static func memberships(_ text: String) -> [Membership] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      let controllers = Set(fields[1].split(separator: ",").map(String.init))
      return Membership(controllers: controllers, path: String(fields[2]))
    }
  }

  /// The hierarchies with a processor or memory controller in `/proc/self/mountinfo`.
  private static func mounts(_ text: String) -> [Mount] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ").map(String.init)
      guard let dash = fields.firstIndex(of: "-"), dash > 5, fields.count > dash + 3 else {
        return nil
      }
      let root = fields[3]
      let point = fields[4]
      switch fields[dash + 1] {
      case "cgroup2": return Mount(version: 2, root: root, point: point, controllers: [])
      case "cgroup":
        let options = Set(fields[dash + 3].split(separator: ",").map(String.init))
        let controllers = options.intersection(["cpu", "memory"])
        guard !controllers.isEmpty else { return nil }
        return Mount(version: 1, root: root, point: point, controllers: controllers)
      default: return nil
      }
    }
  }
}
