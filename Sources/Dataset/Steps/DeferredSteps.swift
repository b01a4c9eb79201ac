package import Diagnostics
package import YAML

/// The kinds of deferred step, and how a list of them is written and read.
package enum DeferredSteps {
  /// Every kind there is. A new step is one more element.
  package static let all: [any DeferredStep.Type] = [
    MarkMissing.self,
    IndicateMissing.self,
    FillMissing.self,
    InterpolateRow.self,
    LimitRange.self,
    DenoiseImages.self,
    SmoothSeries.self,
    ScaleFeatures.self,
    ScaleRows.self,
    AugmentRows.self,
  ]

  /// A step with its kind, as `dataset.json` and `network.json` hold it.
  package static func encode(_ step: any DeferredStep) -> Value {
    ["kind": .string(type(of: step).kind), "settings": step.value]
  }

  /// Reads steps that is untrusted.
  ///
  /// - Parameter file: The name that errors carry.
  package static func decode(
    _ values: [Value], file: String
  ) throws(Diagnostic) -> [any DeferredStep] {
    var steps: [any DeferredStep] = []
    for value in values {
      let reader = try MemberReader(value, path: "step", file: file)
      let kind = try reader.string("kind")
      guard let type = all.first(where: { $0.kind == kind }) else {
        let known = all.map { $0.kind }.sorted().joined(separator: ", ")
        throw Diagnostic(
          "\(file) holds a step of the unknown kind '\(kind)'", remedy: "known are \(known)")
      }
      steps.append(try type.init(reader.object["settings"] ?? .null))
    }
    return steps
  }

  /// Runs steps in order, those for training alone only while training. What changes images and the scales
  /// that follow are one pass.
  package static func apply(
    _ steps: [any DeferredStep], to batch: inout Batch, in context: StepContext
  ) throws(Diagnostic) {
    try apply(steps, steps.indices, to: &batch, in: context)
  }

  /// Runs some of the steps.
  package static func apply(
    _ steps: [any DeferredStep], _ range: Range<Int>, to batch: inout Batch,
    in context: StepContext
  ) throws(Diagnostic) {
    var index = range.lowerBound
    while index < range.upperBound {
      let step = steps[index]
      defer { index += 1 }
      guard context.isTraining || !step.isTrainingOnly else { continue }
      var context = context.numbered(index)
      guard let augment = step as? AugmentRows else {
        try step.apply(to: &batch, in: context)
        continue
      }
      context.earlier = Array(steps[..<index])
      let next = index + 1 < range.upperBound ? steps[index + 1] as? ScaleFeatures : nil
      try augment.apply(to: &batch, in: context, before: next)
      if next != nil { index += 1 }
    }
  }
}
