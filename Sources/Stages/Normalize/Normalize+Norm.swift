package import Diagnostics
package import Options
package import YAML

extension Normalize {
  /// A division by a norm.
  package struct Norm: Options {
    package var extent = Extent()
    package var epsilon = 1e-12

    package init() { extent.per = .sample }

    package static let title = "Norm"

    package static var fields: [Field<Self>] {
      option("per", \.extent.per, "What has a norm: each row by default.")
      option("epsilon", \.epsilon, in: 1e-30...1e30, "The least that values are divided by.")
      (Extent.limits + Extent.places).map { $0.lifted(to: \.extent) }
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      settings.extent.problems(node)
    }
  }
}
