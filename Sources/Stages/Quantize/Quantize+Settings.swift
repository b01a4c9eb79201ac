package import Network
package import Options

extension Quantize {
  package struct Settings: Options, Hashable {
    package var weights = WeightFormat.int8
    package var activations = ActivationFormat.int8
    package var granularity = Granularity.channel
    package var range = IntegerRange.full
    package var calibration = Calibration.minMax
    package var samples = 512
    package var correctsBias = false
    package var keep: [Pattern] = []
    package var floor: Floor?

    package init() {}

    /// What the settings ask of the quantizer.
    package var scheme: QuantizationScheme {
      var scheme = QuantizationScheme()
      scheme.isPerChannel = granularity == .channel
      scheme.limit = range.limit
      scheme.calibration = activations == .int8 ? calibration : nil
      scheme.correctsBias = correctsBias
      scheme.keep = keep
      return scheme
    }

    package static let title = "quantize"
    package static let summary = Quantize.summary

    package static var fields: [Field<Self>] {
      option("weights", \.weights, "What weights are stored and multiplied as.")
      option("activations", \.activations, "What layers read, or `none` to leave that real.")
      option("per", \.granularity, "What has a scale of its own: each output channel, or a weight.")
      option("range", \.range, "The integers that weights use.")
      option("calibration", \.calibration, "How the range of an activation is chosen.")
      option(
        "samples", \.samples, in: 1...1_048_576,
        "Rows of the training split on which activations are watched.")
      option(
        "bias-correction", \.correctsBias,
        "Whether biases make up for the mean error of rounded weights.")
      option("keep", \.keep, "Layers that stay real, by patterns of their names.")
      option(
        "floor", \.floor,
        "How much quality may be lost on held-out data; left out, a great loss is a warning.")
    }
  }

  package enum WeightFormat: String, CaseIterable, NamedOption {
    case int8
  }

  package enum ActivationFormat: String, CaseIterable, NamedOption {
    case int8, none
  }

  package enum IntegerRange: String, CaseIterable, NamedOption {
    case full, reduced

    /// The largest integer of a weight.
    package var limit: Int { self == .full ? 127 : 63 }

    package var summary: String {
      switch self {
      case .full: "From -127 to 127."
      case .reduced:
        "From -63 to 63, for processors without VNNI or AMX: there pairs of 8-bit products are "
          + "added in 16 bits, which larger weights overflow."
      }
    }
  }

  package enum Granularity: String, CaseIterable, NamedOption {
    case channel, tensor
  }
}
