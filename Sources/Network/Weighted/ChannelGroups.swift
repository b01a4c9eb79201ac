/// The channels of a network that can go together only, found from the layers' traits.
///
/// A channel that goes takes with it every channel made of it alone: through a norm, an activation or a
/// pool, and through a sum also those that it is added to. It ends where a product mixes channels, which
/// then has a column less. Channels of features and of the network's outputs stay, as do those that a
/// layer reads along another axis than they lie.
package struct ChannelGroups {
  /// The place of each value's first channel among all channels.
  private var offsets: [String: Int] = [:]
  private var values: [(name: String, count: Int)] = []
  /// The axis that each value's channels lie along.
  private var axes: [String: Int] = [:]
  /// For each channel another one of its group, or itself.
  private var parents: [Int] = []
  private var fixed: Set<Int> = []

  package init(_ graph: Network) {
    for input in graph.inputs {
      add(input.name, graph.shapes[input.name] ?? [], axis: 0)
      fix(input.name)
    }
    for node in graph.nodes { add(node, in: graph) }
    for output in graph.outputs { fix(output) }
  }

  /// All channels that go when some do, by the values that have them; nil where one has to stay.
  package func closure(of channels: [String: Set<Int>]) -> [String: Set<Int>]? {
    var roots: Set<Int> = []
    for (name, indices) in channels {
      guard let offset = offsets[name] else { return nil }
      for index in indices { roots.insert(root(of: offset + index)) }
    }
    guard !fixed.contains(where: { roots.contains(root(of: $0)) }) else { return nil }
    var closure: [String: Set<Int>] = [:]
    for (name, count) in values {
      let gone = (0..<count).filter { roots.contains(root(of: (offsets[name] ?? 0) + $0)) }
      if !gone.isEmpty { closure[name] = Set(gone) }
    }
    return closure
  }

  private mutating func add(_ name: String, _ shape: [Int], axis: Int) {
    let count = shape[axis]
    offsets[name] = parents.count
    values.append((name, count))
    axes[name] = axis
    parents += parents.count..<parents.count + count
  }

  private mutating func add(_ node: NetworkNode, in graph: Network) {
    let flow = node.layer.traits.channels
    let shapes = graph.inputShapes(of: node)
    let shape = graph.shapes[node.name] ?? []
    let first = axes[node.inputs[0]] ?? 0
    add(node.name, shape, axis: flow.axis.index(in: shape) ?? first)
    for (index, input) in node.inputs.enumerated() {
      guard index < flow.inputs else {
        fix(input)
        continue
      }
      guard axes[input] == flow.axis.index(in: shapes[index]) ?? first, flow.rule != .coded else {
        fix(input)
        fix(node.name)
        continue
      }
      if flow.rule == .mixed { continue }
      let channels = shapes[index][axes[input] ?? 0]
      if case .grouped(let groups) = flow.rule, channels != groups {
        fix(input)
        fix(node.name)
        continue
      }
      for channel in 0..<channels {
        for other in flow.reach(of: channel, in: index, shapes: shapes, output: shape) {
          join((offsets[input] ?? 0) + channel, (offsets[node.name] ?? 0) + other)
        }
      }
    }
  }

  private mutating func fix(_ name: String) {
    for value in values where value.name == name {
      fixed.formUnion((0..<value.count).map { (offsets[name] ?? 0) + $0 })
    }
  }

  private mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (root(of: left), root(of: right))
    parents[max(left, right)] = min(left, right)
  }

  private func root(of channel: Int) -> Int {
    var channel = channel
    while parents[channel] != channel { channel = parents[channel] }
    return channel
  }
}
