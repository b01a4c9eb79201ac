package import Dataset
package import Network
import Diagnostics
import Options
package import Tensor

/// What a dataset's training split asks a network to learn.
package struct LearningProblem: Sendable {
  package let shape: LearningShape
  package var target: Target { shape.target }
  package var inputs: [NetworkInput] { shape.inputs }
  /// The logits or values that a network has to give.
  package var outputs: Int { shape.outputs }
  /// The training rows.
  package let rows: Int
  /// The training rows of each class or label; empty for a regression.
  package let classCounts: [Int]
  /// The mean and the standard deviation of each of the training values; empty but for a regression.
  package let means: [Double]
  package let deviations: [Double]

  package init(_ dataset: Dataset) throws {
    shape = try LearningShape(dataset.description)
    let target = shape.target
    guard let reader = dataset[.train], dataset.description.target != nil else {
      throw Diagnostic(
        "the dataset has no target to learn", remedy: "name one with 'target' where data is loaded")
    }
    rows = reader.rows
    if target.task == .classification, target.classes.count < 2 {
      throw Diagnostic(
        "the target '\(target.name)' has \(target.classes.count == 1 ? "one class" : "no classes")",
        remedy: "a classification needs at least two")
    }
    if target.task == .regression, reader.labelled == 0 {
      throw Diagnostic("the target '\(target.name)' has no values")
    }
    let statistics = TargetStatistics(of: reader, target)
    classCounts = statistics.counts
    (means, deviations) = (statistics.means, statistics.deviations)
  }

  /// Builds a preset for the problem.
  package func network(_ preset: ModelPreset) throws -> Network { try shape.network(preset) }

  /// Draws first values for a graph that `network(_:)` built.
  ///
  /// - Parameter execution: Where large parameters lie, if not in memory.
  package func initialized(
    _ graph: Network, seed: UInt64, execution: Execution? = nil
  ) throws -> WeightedNetwork {
    let stream = RandomStream(seed: seed, path: ["initialization"])
    var parameters = try graph.initialParameters(stream) { try execution?.kept($0) ?? $0 }
    try drawHead(of: graph, &parameters, stream)
    if target.task == .regression {
      parameters["\(LearningShape.unitNode).scale"] = try Tensor(deviations.map { Float($0) })
      parameters["\(LearningShape.unitNode).shift"] = try Tensor(means.map { Float($0) })
    }
    return WeightedNetwork(graph, parameters)
  }

  /// Draws the last layer's first weights with variance 1 / (3 fan-in), a sixth of He's, which is for what
  /// a rectifier follows (LeCun et al. 1998, section 4.6, with PyTorch's factor): a network begins nearer
  /// to even chances, or to the mean, and has fewer sure answers to unlearn that nothing taught it.
  package func drawHead(
    of graph: Network, _ parameters: inout Parameters, _ stream: RandomStream
  ) throws {
    guard var head = graph.node(named: graph.outputs[0]) else { return }
    if head.name == LearningShape.unitNode { head = graph.node(named: head.inputs[0]) ?? head }
    guard head.layer.traits.product != nil,
      let weight = graph.specs(of: head).first(where: { $0.name == head.parameter("weight") })
    else { return }
    var branch = stream.child(.init(weight.name))
    let fanIn = saturatingProduct(weight.shape.dropFirst())
    let deviation = (1 / (3 * Double(max(fanIn, 1)))).squareRoot()
    parameters[weight.name] = try branch.normal(weight.shape, deviation: deviation)
  }

  /// The loss that suits the task.
  ///
  /// - Parameter function: The user's own choice, refused where it is for the other task.
  package func loss(
    _ function: LossFunction? = nil, labelSmoothing: Double = 0, classWeights: [Double]? = nil,
    execution: Execution
  ) throws -> Loss {
    let function = function ?? .usual(for: target.task)
    guard function.suits(target.task) else {
      throw Diagnostic(
        "the loss '\(function.name)' does not suit a \(target.task.noun)",
        remedy: LossFunction.remedy(for: target.task))
    }
    guard labelSmoothing == 0 || target.task != .regression else {
      throw Diagnostic(
        "labels of values cannot be smoothed", remedy: "leave 'label-smoothing' out")
    }
    let weights = try classWeights.map { try Tensor($0.map(Float.init)).to(execution.device) }
    return Loss(
      function, labelSmoothing: labelSmoothing, classWeights: weights, task: target.task,
      units: deviations)
  }
}
