package import Diagnostics
package import Options
package import YAML

/// One layer of a `layers:` list: what it computes and, where they are written, its name and what it reads.
package struct LayerEntry: OptionValue {
  package var name: String?
  /// Names of layers above and of features; nil for the layer above.
  package var from: [String]?
  package var layer: AnyLayer

  package init(_ layer: any Layer, name: String? = nil, from: [String]? = nil) {
    self.layer = AnyLayer(layer)
    self.name = name
    self.from = from
  }

  package static var schema: Schema { .either([AnyLayer.schema, PlacedLayer.schema]) }

  package var value: Value {
    guard name != nil || from != nil else { return layer.value }
    var members = layer.value.object ?? [Swift.type(of: layer.layer).type: [:]]
    members["name"] = name.map(Value.string)
    members["from"] = from.map { .array($0.map(Value.string)) }
    return .object(members)
  }

  package static func decode(_ node: Node, into problems: inout Diagnostics) -> LayerEntry? {
    let entries = node.mapping ?? []
    let own = entries.filter { PlacedLayer.keys.contains($0.key) }
    guard !own.isEmpty else {
      return AnyLayer.decode(node, into: &problems).map { LayerEntry($0.layer) }
    }
    var found = Diagnostics()
    let rest = entries.filter { !PlacedLayer.keys.contains($0.key) }
    let unknown = rest.filter { entry in !LayerCatalog.all.contains { $0.type == entry.key } }
    if rest.count > unknown.count {
      for entry in unknown { found.add(unknownKey(entry)) }
    } else if rest.isEmpty {
      found.add(
        Diagnostic(
          "a layer is named here, and not what it is", at: node.range,
          remedy: "add its type, such as 'linear: {outputs: 10}'"))
    }
    let name = text(own.first { $0.key == "name" }, &found)
    let from = sources(own.first { $0.key == "from" }, &found)
    let layer =
      found.hasErrors
      ? nil : AnyLayer.decode(Node(.mapping(rest), at: node.range), into: &found)
    problems.add(contentsOf: found)
    guard let layer, !found.hasErrors else { return nil }
    return LayerEntry(layer.layer, name: name, from: from)
  }

  private static func text(_ entry: Node.Entry?, _ problems: inout Diagnostics) -> String? {
    guard let entry, let name = String.decode(entry.value, into: &problems) else { return nil }
    if name.isEmpty {
      problems.add(Diagnostic("the name of a layer is empty", at: entry.value.range))
    }
    return name
  }

  private static func sources(_ entry: Node.Entry?, _ problems: inout Diagnostics) -> [String]? {
    guard let entry,
      let names = OneOrMany<String>.decode(entry.value, into: &problems)?.elements
    else { return nil }
    if names.isEmpty {
      problems.add(
        Diagnostic(
          "nothing is named to read", at: entry.value.range,
          remedy: "name layers above or features, or leave 'from' out for the layer above"))
    }
    return names
  }

  private static func unknownKey(_ entry: Node.Entry) -> Diagnostic {
    let near = nearestName(
      to: entry.key, in: PlacedLayer.keys + LayerCatalog.all.map { $0.type }.sorted())
    return Diagnostic(
      "unknown key '\(entry.key)'", at: entry.keyRange,
      remedy: near.map { "did you mean '\($0)'?" }
        ?? "a layer has its type, and perhaps 'name' and 'from'")
  }
}

/// A layer with a name or with what it reads beside it, for editors and the reference: `LayerEntry` reads it.
struct PlacedLayer: Options {
  static let title = "placed layer"
  static let summary =
    "A layer with its name, and with the layers above and the features that it reads."

  var name: String?
  var from: OneOrMany<String>?
  private var layer: AnyLayer?

  init() {}

  static func == (left: PlacedLayer, right: PlacedLayer) -> Bool { left.value == right.value }

  static let keys = ["name", "from"]

  static var fields: [Field<Self>] {
    option("name", \.name, "What other layers call it in 'from', and its parameters begin with.")
    option(
      "from", \.from,
      "What it reads: layers above, features, or 'features' for all that no layer names; the layer above by "
        + "default.")
    LayerCatalog.all.map { field(of: $0) }
  }

  static let rules: [Rule] = [.any([.given("name"), .given("from")])]

  private static func field<Kind: Layer>(of kind: Kind.Type) -> Field<Self> {
    option(Kind.type, \Self.[Place<Kind>()], Kind.summary)
  }

  /// The place of a type of layer among the keys.
  struct Place<Kind: Layer>: Hashable, Sendable {}

  subscript<Kind: Layer>(_: Place<Kind>) -> Kind? {
    get { layer?.layer as? Kind }
    set { layer = newValue.map { AnyLayer($0) } }
  }
}
