package import Options
package import Tensor

/// A published mixture of geometric and colour changes, of which each image gets random ones.
package enum AugmentationPolicy: Choice, ImageAugmentation {
  case randAugment(RandAugment)
  case trivialAugment

  package static let name = "policy"
  package static let purpose = "Change the image by random steps of a published list."
  package static let title = "Policy"
  package static let summary =
    "Changes the image by random steps of a published list, with its magnitudes."

  package static var cases: [Case<Self>] {
    Case(
      "rand-augment", RandAugment.self, Self.randAugment,
      "Some steps of one magnitude (Cubuk et al. 2020).")
    Case(
      "trivial-augment", .trivialAugment,
      "One step of a random magnitude, with the wide ranges (Müller and Hutter 2021).")
  }

  package var payload: (any OptionValue)? {
    if case .randAugment(let settings) = self { return settings }
    return nil
  }

  package func add(to changes: inout ImageChanges, from stream: inout RandomStream) {
    switch self {
    case .randAugment(let settings):
      for _ in 0..<settings.operations {
        let step = PolicyStep.allCases[stream.bounded(PolicyStep.allCases.count)]
        step.add(
          to: &changes, strength: Double(settings.magnitude) / RandAugment.top, isWide: false,
          from: &stream)
      }
    case .trivialAugment:
      let step = PolicyStep.allCases[stream.bounded(PolicyStep.allCases.count)]
      let strength = Double(stream.bounded(in: 0...Int(RandAugment.top))) / RandAugment.top
      step.add(to: &changes, strength: strength, isWide: true, from: &stream)
    }
  }
}

/// How many steps, and how far they go.
package struct RandAugment: Options {
  package var operations = 2
  package var magnitude = 9

  /// The greatest magnitude.
  static let top = 30.0

  package init() {}

  package static let title = "Rand-augment"

  package static var fields: [Field<Self>] {
    option("operations", \.operations, in: 1...10, "The steps that each image goes through.")
    option("magnitude", \.magnitude, in: 0...30, "How far they go, of at most 30.")
  }
}
