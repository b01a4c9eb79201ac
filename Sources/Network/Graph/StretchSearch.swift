/// Finds where to part a network so that the fewest numbers are held at once: the first values of all
/// stretches, and those within the largest.
struct StretchSearch {
  private let network: Network
  private let steps: [ForwardStep]
  /// For each step the numbers of a row that it makes.
  private let sizes: [Int]

  init(_ network: Network) {
    self.network = network
    steps = network.steps
    sizes = steps.map { step in
      // What is absorbed by a kernel is held too: its input, or what it needs of it.
      saturatingProduct(network.shapes[step.node.name] ?? [])
    }
  }

  /// One stretch where parting saves nothing.
  var best: [CheckpointedNetwork.Stretch] {
    let places = cuts
    let total = saturatingSum(sizes)
    var best = (held: total, cuts: [Int]())
    // The largest stretch that is allowed, from small to large.
    for part in 2...max(2, min(64, places.count + 1)) {
      let cuts = packed(into: total / part, places)
      let bounds = [0] + cuts + [steps.count]
      let largest = zip(bounds, bounds.dropFirst()).map { saturatingSum(sizes[$0..<$1]) }.max() ?? 0
      let held = saturatingSum(cuts.map { sizes[$0 - 1] } + [largest])
      if held < best.held { best = (held, cuts) }
    }
    let bounds = [0] + best.cuts + [steps.count]
    return zip(bounds, bounds.dropFirst()).map { start, end in
      CheckpointedNetwork.Stretch(
        steps: steps[start..<end], entry: start == 0 ? nil : steps[start - 1].node.name)
    }
  }

  /// The places between steps where the value of the step before is all that goes on, beside the network's
  /// inputs.
  private var cuts: [Int] {
    var readers = ForwardStep.readers(of: steps, network.outputs)
    var live: Set<String> = []
    var places: [Int] = []
    for (index, step) in steps.enumerated() {
      live.insert(step.node.name)
      for name in step.inputs {
        readers[name, default: 0] -= 1
        if readers[name] == 0 { live.remove(name) }
      }
      if index + 1 < steps.count, live == [step.node.name],
        !network.outputs.contains(step.node.name)
      {
        places.append(index + 1)
      }
    }
    return places
  }

  /// Cuts at as few of the places as keep stretches below a size, as far as places allow.
  private func packed(into limit: Int, _ places: [Int]) -> [Int] {
    var cuts: [Int] = []
    var start = 0
    for (place, next) in zip(places, places.dropFirst() + [steps.count])
    where saturatingSum(sizes[start..<next]) > limit {
      cuts.append(place)
      start = place
    }
    return cuts
  }
}
