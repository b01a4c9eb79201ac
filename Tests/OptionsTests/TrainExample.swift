import Diagnostics
import Options
import YAML

/// Settings as a stage would declare them, with every kind of field.
struct Train: Options {
  var model = Model.mlp(MLP())
  var optimizer = Optimizer.adamW
  var epochs = 10
  var batch = Automatic<Int>.automatic
  var learningRate = 0.001
  var floor: PointDifference?
  var keep: Fraction = 0.9
  var checkpoints = TimeSpan.minutes(5)
  var memory: ByteCount?
  var freeze: [Pattern] = []
  var earlyStop = EarlyStop()
  var steps: [Step] = []
  var weights: [String: Double] = [:]
  var target = ""

  static let title = "Train settings"
  static let summary = "Fits a model to the training split."

  static var fields: [Field<Self>] {
    option("model", \.model, "What is trained.")
    option("optimizer", \.optimizer, "The rule that turns gradients into steps.")
    option("epochs", \.epochs, in: 1..., "Passes over the training split.")
    option("batch", \.batch, in: 1...4096, "Samples a step.")
    option("learning-rate", \.learningRate, in: .above(0), "The size of a step.")
    option("floor", \.floor, "The most that accuracy may change.")
    option("keep", \.keep, in: 0.1...1, "The part of the rows that is used.")
    option("checkpoints", \.checkpoints, in: .seconds(1)..., "Time between checkpoints.")
    option("memory", \.memory, "The most memory.")
    option("freeze", \.freeze, "Layers that are not trained.")
    option("early-stop", \.earlyStop, "When to stop early.")
    option("steps", \.steps, count: ...3, "What to do to the images, in order.")
    option("weights", \.weights, "The weight of each class.")
    option("target", \.target, required: true, "The column to predict.")
  }

  static func check(_ settings: Train, _ node: Node) -> [Diagnostic] {
    guard settings.earlyStop.patience >= settings.epochs else { return [] }
    return [
      Diagnostic(
        "the patience of \(settings.earlyStop.patience) epochs is never used up", at: node.range,
        severity: .warning)
    ]
  }
}

enum Optimizer: String, CaseIterable, NamedOption {
  case sgd
  case adamW = "adamw"
  case nesterovSGD = "nesterov-sgd"
}

enum Model: Choice {
  case linear
  case mlp(MLP)
  case resnet(ResNet)
  case ensemble([Model])

  static var cases: [Case<Self>] {
    Case("linear", .linear, "One layer.")
    Case("mlp", MLP.self, Self.mlp, "Layers one after the other.")
    Case("resnet", ResNet.self, Self.resnet, "A residual network.")
    Case("ensemble", [Model].self, Self.ensemble, "Several at once.")
  }

  var payload: (any OptionValue)? {
    switch self {
    case .linear: nil
    case .mlp(let settings): settings
    case .resnet(let settings): settings
    case .ensemble(let models): models
    }
  }
}

struct MLP: Options {
  var hidden = [64]
  var dropout = 0.0

  static var fields: [Field<Self>] {
    option("hidden", \.hidden, count: 1..., in: 1..., "The widths of the hidden layers.")
    option("dropout", \.dropout, in: 0..<1, "The part of activations that is dropped.")
  }
}

struct ResNet: Options {
  var depth = 0

  static var fields: [Field<Self>] {
    option("depth", \.depth, in: 8...110, required: true, "The number of layers.")
  }
}

struct EarlyStop: Options {
  var patience = 3
  var by = Metric.loss

  enum Metric: String, CaseIterable, NamedOption {
    case loss, topFive

    var summary: String { self == .loss ? "The loss." : "Top-5 accuracy." }
  }

  static var fields: [Field<Self>] {
    option("patience", \.patience, in: 1..., "Epochs without gain before training stops.")
    option("by", \.by, "What has to gain.")
  }
}

enum Step: Choice {
  case flip
  case rotate(Rotation)
  case fill(Filling)

  static var cases: [Case<Self>] {
    Case("flip", .flip, "Mirror.")
    Case("rotate", Rotation.self, Self.rotate, "Turn.")
    Case("fill", Filling.self, Self.fill, "Put values in.")
  }

  var payload: (any OptionValue)? {
    switch self {
    case .flip: nil
    case .rotate(let rotation): rotation
    case .fill(let filling): filling
    }
  }
}

struct Rotation: Options {
  var degrees = 10.0
  static let shorthand: String? = "degrees"

  static var fields: [Field<Self>] {
    option("degrees", \.degrees, in: 0...180, "The largest angle.")
  }
}

enum Filling: Choice {
  case median
  case constant(Double)

  static let shorthand: String? = "constant"

  static var cases: [Case<Self>] {
    Case("median", .median, "The median of the training split.")
    Case("constant", Double.self, Self.constant, "One number.")
  }

  var payload: (any OptionValue)? {
    switch self {
    case .median: nil
    case .constant(let number): number
    }
  }
}
