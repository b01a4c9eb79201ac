import Diagnostics

/// A `layers:` list while its layers are connected.
struct LayerWiring {
  /// What stands for the features that no layer names.
  static let features = "features"

  private let list: LayerList
  private let inputs: [NetworkInput]
  private var builder: NetworkBuilder
  /// The node that each name stands for.
  private var names: [String: String]
  /// Those features, in one row or a single one as it is, once a layer reads them.
  private var row: String?
  private var isRead: Set<String> = []
  private var parameters = 0
  private var last = ""

  init(_ list: LayerList, _ inputs: [NetworkInput]) {
    self.list = list
    self.inputs = inputs
    builder = NetworkBuilder(inputs: inputs)
    names = Dictionary(inputs.map { ($0.name, $0.name) }) { first, _ in first }
  }

  /// Adds the layer at a place in the list; those above it are there.
  mutating func add(_ index: Int) throws(LayerList.Fault) {
    let entry = list.layers[index]
    let name = list.name(of: index)
    if entry.name != nil, inputs.contains(where: { $0.name == name }) {
      throw list.fault(
        index, "has the name '\(name)', as a feature has", "give it another one")
    }
    var sources: [String] = []
    if let from = entry.from {
      for source in from { sources.append(try resolve(source, for: index)) }
    } else {
      sources = [index == 0 ? try resolve(Self.features, for: index) : last]
    }
    isRead.formUnion(sources)
    do {
      last = try builder.add(name, entry.layer.layer, to: sources, called: list.place(of: index))
    } catch {
      throw LayerList.Fault(index: index, problem: error)
    }
    names[name] = last
    try count(index, sources)
  }

  /// The finished network.
  ///
  /// - Parameter outputs: The values that the last layer has to give; nil where nobody knows yet.
  func network(outputs: Int?) throws(LayerList.Fault) -> Network {
    let end = list.layers.count - 1
    for index in list.layers.indices.dropLast() {
      guard let node = names[list.name(of: index)], !isRead.contains(node) else { continue }
      throw list.fault(
        index, "is read by no layer", "name it in the 'from' of one below, or leave it out")
    }
    let named = Set(list.layers.flatMap { $0.from ?? [] })
    if row == nil, let unread = inputs.first(where: { !named.contains($0.name) }) {
      throw LayerList.Fault(
        problem: Diagnostic(
          "the feature '\(unread.name)' is read by no layer",
          remedy: "name it, or 'features', in the 'from' of a layer",
          "or leave its columns out where data is loaded"))
    }
    let shape = builder.shape(of: last)
    if let outputs, shape != [outputs] {
      throw list.fault(
        end, "is the last and gives the shape \(shape), but the target needs [\(outputs)]",
        "end with 'linear: {outputs: \(outputs)}'")
    }
    if shape.count != 1 {
      throw list.fault(
        end, "is the last and gives the shape \(shape), which is no row",
        "bring it to a row, such as by 'global-pool' or 'flatten', and end with a linear layer")
    }
    do {
      return try builder.network(returning: last)
    } catch {
      throw LayerList.Fault(problem: error)
    }
  }

  private mutating func resolve(
    _ source: String, for index: Int
  ) throws(LayerList.Fault) -> String {
    if let node = names[source] { return node }
    guard source == Self.features else {
      let known = inputs.map(\.name) + list.layers.indices.prefix(index).map { list.name(of: $0) }
      let near = nearestName(to: source, in: known.sorted())
      throw list.fault(
        index, "reads '\(source)', which is neither a feature nor a layer above it",
        near.map { "did you mean '\($0)'?" }
          ?? "it may read \(known.prefix(8).joined(separator: ", "))")
    }
    if let row { return row }
    let named = Set(list.layers.flatMap { $0.from ?? [] })
    let open = inputs.filter { !named.contains($0.name) }
    guard let first = open.first else {
      throw list.fault(
        index, "reads the features that no layer names, but all are named",
        "name what it reads in 'from'")
    }
    do {
      let isPlain = open.count == 1 && !first.kind.traits.holdsCodes
      let made = isPlain ? first.name : try builder.addRow(of: open)
      row = made
      return made
    } catch {
      throw LayerList.Fault(index: index, problem: error)
    }
  }

  /// Stops where the parameters are more than can be addressed.
  private mutating func count(_ index: Int, _ sources: [String]) throws(LayerList.Fault) {
    let specs = list.layers[index].layer.layer.parameters(sources.map { builder.shape(of: $0) })
    parameters = saturatingSum([parameters] + specs.map(\.count))
    guard parameters > Network.largestCount else { return }
    throw list.fault(
      index, "brings the network to more than \(Network.largestCount) parameters",
      "use fewer or narrower layers")
  }
}
