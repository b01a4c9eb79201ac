internal import Network

/// A layer of a network by its name, with what it gives for one row.
struct LayerForm: Hashable {
  let name: String
  let shape: [Int]
  /// The axis of the shape that its channels lie along.
  let channelAxis: Int

  var channels: Int { shape[channelAxis] }

  /// The shape without the channels: where its values lie.
  var places: [Int] {
    var places = shape
    places.remove(at: channelAxis)
    return places
  }

  /// A product at each place that makes other channels; nil where there is none for the shape.
  func adapter(to channels: Int) -> (any Layer)? {
    if channelAxis == shape.count - 1 { return Linear(outputs: channels, .lecun) }
    guard shape.count == 3 else { return nil }
    return Convolution(channels: channels, kernel: 1, .lecun)
  }
}

extension Network {
  /// Every layer, in order.
  var layerForms: [LayerForm] {
    var axes: [String: Int] = [:]
    for input in inputs { axes[input.name] = 0 }
    return nodes.map { node in
      let shape = shapes[node.name] ?? []
      let axis = node.layer.traits.channels.axis.index(in: shape) ?? axes[node.inputs[0]] ?? 0
      axes[node.name] = min(axis, max(shape.count - 1, 0))
      return LayerForm(name: node.name, shape: shape, channelAxis: axes[node.name] ?? 0)
    }
  }

  /// The layer that the last product reads; nil where nothing is learnt before it.
  var lastRepresentation: String? {
    var name = outputs[0]
    while let node = node(named: name) {
      name = node.inputs[0]
      if node.layer.traits.product != nil { return isLearnt(name) ? name : nil }
    }
    return nil
  }

  /// Whether the value depends on a parameter.
  private func isLearnt(_ name: String) -> Bool {
    var open = [name]
    var seen: Set<String> = []
    while let name = open.popLast() {
      guard seen.insert(name).inserted, let node = node(named: name) else { continue }
      if !specs(of: node).isEmpty { return true }
      open += node.inputs
    }
    return false
  }
}
