package import Dataset
package import Diagnostics
package import Options
package import YAML

extension Augment {
  /// The changes, and how they are made.
  package struct Settings: Options {
    package var steps: [Augmentation] = []
    package var copies = 0
    package var resampling = Resampling()

    package init() {}

    package static let title = "Augment settings"
    package static let summary = "A list alone is that of the steps."
    package static let shorthand: String? = "steps"

    package static var fields: [Field<Self>] {
      option("steps", \.steps, count: 1..., required: true, "The changes, in order.")
      option(
        "copies", \.copies, in: 0...1000,
        "Write so many changed copies of each training row beside it, once and for all, instead of "
          + "changing rows afresh in every epoch.")
      option("resampling", \.resampling, "How moved images are put together.")
    }

    package static func check(_ settings: Self, _ node: Node) -> [Diagnostic] {
      guard settings.copies > 0 else { return [] }
      let steps = (node["steps"] ?? node).sequence ?? []
      return zip(settings.steps, steps).compactMap { step, place in
        guard step.step is any MixingAugmentation else { return nil }
        return Diagnostic(
          "'\(type(of: step.step).name)' mixes targets, which written rows do not hold",
          at: place.range, remedy: "leave 'copies' out, so that rows are mixed in every epoch")
      }
    }
  }
}
