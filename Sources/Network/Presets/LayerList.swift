package import Diagnostics
package import Options
package import YAML

/// The user's own layers: one after the other, or a graph where they name what they read.
///
/// The first reads the features in one row, or a single one as it is. A layer with `from` reads what it names
/// there: layers above, features, or `features` for all those that no layer names.
package struct LayerList: Preset {
  package static let name = "layers"
  package static let purpose =
    "A list of typed layers, one after the other or a graph by the names that they read."

  package var layers: [LayerEntry]

  package init(_ layers: [LayerEntry]) {
    self.layers = layers
  }

  package init(_ layers: [AnyLayer]) {
    self.layers = layers.map { LayerEntry($0.layer) }
  }

  /// The most layers of a list.
  package static let most = 4096

  package static var schema: Schema {
    .list(LayerEntry.schema, count: (1...most).bounds.interval)
  }

  package var value: Value { layers.value }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> LayerList? {
    if let elements = node.sequence, elements.count > most {
      problems.add(
        Diagnostic(
          "the list has \(elements.count) layers", at: elements[most].range,
          remedy: "use \(most) at most"))
      return nil
    }
    guard let layers = [LayerEntry].decode(node, into: &problems) else { return nil }
    guard !layers.isEmpty else {
      problems.add(
        Diagnostic(
          "the list of layers is empty", at: node.range,
          remedy: "end it with a linear layer that has one output for each class"))
      return nil
    }
    let list = LayerList(layers)
    if let fault = list.nameFault {
      var problem = fault.problem
      problem.range = fault.range(in: node)
      problems.add(problem)
      return nil
    }
    return list
  }

  package var convolves: Bool {
    layers.contains { $0.layer.layer.traits.product?.convolves ?? false }
  }

  package var normalizesBatches: Bool { layers.contains { $0.layer.layer.traits.norm != nil } }

  package func network(
    for inputs: [NetworkInput], outputs: Int
  ) throws(Diagnostic) -> Network {
    do {
      return try build(for: inputs, outputs: outputs)
    } catch {
      throw error.problem
    }
  }

  /// What is wrong with a list, and with which of its layers.
  package struct Fault: Error {
    /// The layer's place in the list, from 0; nil where it is the list's as a whole.
    package var index: Int?
    /// Without a place in a file.
    package var problem: Diagnostic

    /// The layer's place in a file.
    ///
    /// - Parameter list: The list as written.
    package func range(in list: Node) -> SourceRange {
      guard let index, let elements = list.sequence, elements.indices.contains(index) else {
        return list.range
      }
      return elements[index].range
    }
  }

  /// Connects the layers and infers every shape.
  ///
  /// - Parameter outputs: The values that the last layer has to give; nil where nobody knows yet.
  package func build(for inputs: [NetworkInput], outputs: Int?) throws(Fault) -> Network {
    if let fault = nameFault { throw fault }
    var wiring = LayerWiring(self, inputs)
    for index in layers.indices { try wiring.add(index) }
    return try wiring.network(outputs: outputs)
  }

  /// The name of a layer, its number where it has none of its own.
  func name(of index: Int) -> String { layers[index].name ?? "layer\(index + 1)" }

  /// What messages call a layer: `layer 3 'left' (convolution)`.
  func place(of index: Int) -> String {
    let own = layers[index].name.map { " '\($0)'" } ?? ""
    return "layer \(index + 1)\(own) (\(type(of: layers[index].layer.layer).type))"
  }

  /// What is wrong with the layers' names and what they read, as far as no feature has to be known.
  private var nameFault: Fault? {
    var places: [String: Int] = [:]
    for index in layers.indices {
      let name = name(of: index)
      if let first = places[name] {
        return fault(
          index, "has the name '\(name)', as layer \(first + 1) has", "give it another one")
      }
      if name == LayerWiring.features {
        return fault(
          index, "has the name '\(name)', which stands for what no layer names",
          "give it another one")
      }
      places[name] = index
    }
    for (index, entry) in layers.enumerated() {
      for source in entry.from ?? [] {
        guard let place = places[source], place >= index else { continue }
        return place == index
          ? fault(index, "reads itself", "name a layer above it in 'from'")
          : fault(
            index, "reads '\(source)', which comes below it as layer \(place + 1)",
            "put it below what it reads: layers have no cycles")
      }
    }
    return nil
  }

  func fault(_ index: Int, _ fact: String, _ remedy: String) -> Fault {
    Fault(index: index, problem: Diagnostic("\(place(of: index)) \(fact)", remedy: remedy))
  }
}
