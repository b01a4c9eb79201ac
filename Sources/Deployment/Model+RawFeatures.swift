internal import Dataset
internal import Diagnostics
internal import Learning
internal import Network
internal import Tensor

extension Model {
  /// How many of the last steps the network can hold as affine maps.
  ///
  /// - Parameter kept: How many of the first steps have to stay before the network.
  func foldableSteps(keeping kept: Int) -> Int {
    let candidates = steps.indices.dropFirst(kept)
    return candidates.reversed().prefix { channelMaps($0) != nil }.count
  }

  /// The network with the last steps in front of its inputs.
  func takingFeatures(beforeLast count: Int) throws -> WeightedNetwork {
    var maps: [String: ChannelMap] = [:]
    for index in steps.indices.suffix(count) {
      for (name, map) in channelMaps(index) ?? [:] { maps[name] = maps[name]?.then(map) ?? map }
    }
    var rewrite = NetworkRewrite(network)
    for input in network.graph.inputs {
      guard let map = maps[input.name] else { continue }
      let node = NetworkNode(
        name: freeName(input.name + ".rescaled"), inputs: [input.name],
        layer: Rescale(isCentred: map.isFar))
      rewrite.insert(
        node, after: input.name, try map.parameters.mapValues { try Tensor($0.map { Float($0) }) })
    }
    return try rewrite.result()
  }

  private func channelMaps(_ index: Int) -> [String: ChannelMap]? {
    let before = steps[..<index].reduce(features) { $1.transforming($0) }
    return (steps[index] as? any AffineStep)?.channelMaps(before)
  }

  private func freeName(_ name: String) -> String {
    network.graph.node(named: name) == nil ? name : freeName(name + "_")
  }
}

extension ChannelMap {
  /// This map with another one after it. Where this one changes nothing, the other's centers are kept,
  /// and with them the digits of values far from zero.
  func then(_ next: ChannelMap) -> ChannelMap {
    if scales.allSatisfy({ $0 == 1 }), zip(centers, shifts).allSatisfy({ $0 == $1 }) { return next }
    return ChannelMap(
      centers: centers, scales: zip(scales, next.scales).map { $0 * $1 },
      shifts: scales.indices.map {
        (shifts[$0] - next.centers[$0]) * next.scales[$0] + next.shifts[$0]
      })
  }

  /// Whether a product and a sum alone would cost digits: with values so many units from zero, 32 bits
  /// hold results to a millionth of a unit at best.
  var isFar: Bool { zip(centers, scales).contains { abs($0 * $1) > 16 } }

  /// The values of the layer that holds the map.
  var parameters: [String: [Double]] {
    if isFar { return ["center": centers, "scale": scales, "shift": shifts] }
    return [
      "scale": scales, "shift": scales.indices.map { shifts[$0] - centers[$0] * scales[$0] },
    ]
  }
}
