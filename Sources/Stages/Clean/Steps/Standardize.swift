internal import Dataset
package import Diagnostics
package import Options
internal import Pipeline
internal import Tensor
package import YAML

extension Clean {
  /// The methods of the stage that normalises, as a step whose rows are written.
  package struct Standardize: OptionValue, CleaningStep {
    package static let name = "standardize"
    package static let purpose = "Scale numbers and images as the stage 'normalize' does."

    private let methods: Normalize.Settings

    package static var schema: Schema { Normalize.Settings.schema }

    package var value: Value { methods.value }

    package static func decode(_ node: Node, into problems: inout Diagnostics) -> Standardize? {
      guard let methods = Normalize.Settings.decode(node, into: &problems) else { return nil }
      problems.add(contentsOf: Normalize.check(methods, node, in: ""))
      return Standardize(methods: methods)
    }

    var readsWrittenRows: Bool { true }

    func problems(with inputs: KnownInputs, _ node: Node) -> [Diagnostic] {
      Normalize.check(methods, node.entry(Self.name)?.value ?? node, reading: inputs)
    }

    func fit(_ data: CleaningData) throws -> FittedStep {
      guard data.dataset.description.steps.isEmpty else {
        throw Diagnostic(
          "the rows are normalised or augmented already, where they are read",
          remedy: "put the stage that cleans before those")
      }
      try Engine.setThreads(data.threads)
      let (steps, metrics) = try NormalizeRun(methods.elements, data.job, data.reporter)
        .fitted(to: data.dataset, isRewritten: true)
      let old = data.features
      let context = StepContext(seed: data.seed, isTraining: false)
      var fitted = FittedStep(metrics: metrics, changing: Set(data.splits)) { block in
        try block.applying(steps, in: context, shapes: old)
      }
      fitted.features = steps.reduce(old) { $1.transforming($0) }
      fitted.applied = steps
      return fitted
    }
  }
}
