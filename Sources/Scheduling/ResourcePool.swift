/// Amounts of named resources, such as cores, bytes of memory or places on an accelerator, that
/// running tasks hold and give back.
package struct ResourcePool: Hashable, Sendable {
  /// All that there is.
  package let capacity: [String: Int]
  /// What no running task holds.
  package private(set) var available: [String: Int]

  package init(_ capacity: [String: Int]) {
    precondition(capacity.values.allSatisfy { $0 >= 0 }, "a resource has a negative amount")
    self.capacity = capacity
    self.available = capacity
  }

  /// The first resource, by name, that `demand` wants more of than there is at all.
  package func shortage(for demand: [String: Int]) -> Shortage? {
    demand.sorted { $0.key < $1.key }.first { $0.value > capacity[$0.key, default: 0] }.map {
      Shortage(resource: $0.key, demanded: $0.value, capacity: capacity[$0.key, default: 0])
    }
  }

  /// Whether `demand` can be met now.
  package func allows(_ demand: [String: Int]) -> Bool {
    demand.allSatisfy { $0.value <= available[$0.key, default: 0] }
  }

  /// Hands `demand` out; it has to be available.
  package mutating func take(_ demand: [String: Int]) {
    precondition(allows(demand), "more resources are taken than are available")
    for (name, amount) in demand { available[name, default: 0] -= amount }
  }

  /// Takes back what was handed out.
  package mutating func giveBack(_ demand: [String: Int]) {
    for (name, amount) in demand { available[name, default: 0] += amount }
  }
}
