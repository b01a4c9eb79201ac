internal import Pipeline

/// The groups of stages that never run at the same time, because their `mutex` names the same.
struct MutexGroups {
  private var members: [String: [String]] = [:]

  init(_ graph: PipelineGraph) {
    for instance in graph.instances {
      for group in instance.requests.mutexes {
        members[group, default: []].append(instance.address)
      }
    }
  }

  /// The name under which the scheduler hands out the one place of a group.
  static func resource(for group: String) -> String { "mutex \(group)" }

  /// Why an instance waits for others, one entry for each of its groups.
  func exclusions(of instance: StageInstance) -> [Decision<String>] {
    instance.requests.mutexes.map { group in
      let others = (members[group]?.count ?? 1) - 1
      return Decision(
        group,
        because: others == 0
          ? "no other stage is in the group"
          : "of its \(others + 1) stages one runs at a time, as the pipeline asks")
    }
  }

  /// How many of these instances each of them shares no group with, itself not counted.
  static func countsBeside(_ instances: [StageInstance]) -> (StageInstance) -> Int {
    var sizes: [String: Int] = [:]
    for instance in instances {
      for group in instance.requests.mutexes { sizes[group, default: 0] += 1 }
    }
    return { instance in
      let own = instance.requests.mutexes
      switch own.count {
      case 0: return instances.count - 1
      case 1: return instances.count - (sizes[own[0]] ?? 1)
      default:
        return instances.count { other in !other.requests.mutexes.contains { own.contains($0) } }
      }
    }
  }

  /// Instances put together with those that they share a group with, directly or through others, each
  /// list to be run one by one.
  static func chains(of instances: [StageInstance]) -> [[StageInstance]] {
    var chains: [[StageInstance]] = []
    var positions: [String: Int] = [:]
    for instance in instances {
      let found = Set(instance.requests.mutexes.compactMap { positions[$0] }).sorted()
      guard let first = found.first else {
        for group in instance.requests.mutexes { positions[group] = chains.count }
        chains.append([instance])
        continue
      }
      for other in found.dropFirst() {
        chains[first] += chains[other]
        chains[other] = []
      }
      chains[first].append(instance)
      if found.count > 1 {
        for (group, position) in positions where found.contains(position) {
          positions[group] = first
        }
      }
      for group in instance.requests.mutexes { positions[group] = first }
    }
    return chains.filter { !$0.isEmpty }
  }
}
