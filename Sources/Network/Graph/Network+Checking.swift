import Diagnostics

extension Network {
  /// Checks that names are unique, usable and resolved.
  static func checkNames(
    inputs: [NetworkInput], nodes: [NetworkNode], outputs: [String]
  ) throws(Diagnostic) {
    var known: Set<String> = []
    for name in inputs.map(\.name) + nodes.map(\.name) {
      if name.isEmpty {
        throw Diagnostic("a layer has an empty name", remedy: "name every layer")
      }
      if !known.insert(name).inserted {
        throw Diagnostic(
          "the network has two layers named \"\(name)\"", remedy: "rename one of them")
      }
    }
    if inputs.isEmpty {
      throw Diagnostic("the network has no inputs", remedy: "give it at least one feature")
    }
    for node in nodes {
      for reference in node.inputs where !known.contains(reference) {
        throw unknown(reference, "layer \"\(node.name)\" reads", among: known)
      }
      if !node.inputQuantization.isEmpty, node.inputQuantization.count != node.inputs.count {
        throw Diagnostic(
          "layer \"\(node.name)\" has \(node.inputs.count) inputs "
            + "but quantisation for \(node.inputQuantization.count)",
          remedy: "give one entry for each input")
      }
    }
    if outputs.isEmpty {
      throw Diagnostic("the network has no outputs", remedy: "name the layer that it returns")
    }
    for output in outputs where !known.contains(output) {
      throw unknown(output, "the network returns", among: known)
    }
  }

  private static func unknown(
    _ name: String, _ reader: String, among known: Set<String>
  ) -> Diagnostic {
    let near = nearestName(to: name, in: known.sorted())
    return Diagnostic(
      "\(reader) \"\(name)\", which is neither an input nor a layer",
      remedy: near.map { "did you mean \"\($0)\"?" } ?? "name an input or a layer of the network")
  }

  /// Orders nodes so that each follows what it reads, keeping the given order where that is free.
  ///
  /// Depth first without recursion, so that a hostile chain of any length needs no deep stack.
  static func topologicallySorted(_ nodes: [NetworkNode]) throws(Diagnostic) -> [NetworkNode] {
    let positions = Dictionary(uniqueKeysWithValues: nodes.indices.map { (nodes[$0].name, $0) })
    var isPlaced = [Bool](repeating: false, count: nodes.count)
    var isOpen = isPlaced
    var sorted: [NetworkNode] = []
    for root in nodes.indices {
      var path: [(node: Int, nextInput: Int)] = [(root, 0)]
      while let (index, next) = path.last {
        if isPlaced[index] {
          path.removeLast()
        } else if next == nodes[index].inputs.count {
          isPlaced[index] = true
          isOpen[index] = false
          sorted.append(nodes[index])
          path.removeLast()
        } else {
          isOpen[index] = true
          path[path.count - 1].nextInput += 1
          guard let source = positions[nodes[index].inputs[next]] else { continue }
          if isOpen[source] {
            throw cyclic(path.map(\.node).drop { $0 != source }.map { nodes[$0].name })
          }
          path.append((source, 0))
        }
      }
    }
    return sorted
  }

  private static func cyclic(_ names: [String]) -> Diagnostic {
    let path = names.prefix(1) + names.reversed()
    return Diagnostic(
      "the network has a cycle: \(path.joined(separator: " → "))",
      remedy: "a layer may read only layers that do not depend on it")
  }

  /// Infers one node's output shape.
  ///
  /// - Parameter place: What messages call the node; `layer "name" (type)` by default.
  static func outputShape(
    of node: NetworkNode, called place: String? = nil, among shapes: [String: [Int]]
  ) throws(Diagnostic) -> [Int] {
    let inputs = node.inputs.map { shapes[$0] ?? [] }
    let layer = node.layer
    let type = Swift.type(of: layer).type
    let arity = Swift.type(of: layer).arity
    let place = place ?? "layer \"\(node.name)\" (\(type))"
    guard arity.contains(inputs.count) else {
      let wanted =
        switch inputs.count {
        case _ where arity.lowerBound == arity.upperBound: "\(arity.lowerBound)"
        case ..<arity.lowerBound: "at least \(arity.lowerBound)"
        default: "at most \(arity.upperBound)"
        }
      throw Diagnostic(
        "\(place) has \(inputs.count.counted("input"))", remedy: "a \(type) layer takes \(wanted)")
    }
    let shape: [Int]
    do {
      shape = try layer.outputShape(inputs)
    } catch {
      throw Diagnostic("\(place) \(error.fact)", remedy: error.remedy)
    }
    return try checked(shape, of: place)
  }

  /// Refuses shapes that are empty, not positive or too large to address.
  static func checked(_ shape: [Int], of place: String) throws(Diagnostic) -> [Int] {
    if shape.isEmpty || shape.contains(where: { $0 < 1 }) {
      throw Diagnostic(
        "\(place) has the shape \(shape)", remedy: "every dimension must be at least 1")
    }
    if shape.count > 6 || saturatingProduct(shape) > largestCount {
      throw Diagnostic(
        "\(place) has the shape \(shape), which is too large",
        remedy: "use at most 6 dimensions and \(largestCount) values")
    }
    return shape
  }
}
