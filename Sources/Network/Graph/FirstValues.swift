internal import Options

/// What the first values of a product's weight are drawn from, as settings name it; its bias starts at 0.
package enum FirstValues: String, CaseIterable, NamedOption {
  case he, lecun, xavier, small

  package var summary: String {
    switch self {
    case .he: "Normal with variance 2 / fan-in, for what a rectifier follows (He et al. 2015)."
    case .lecun: "Normal with variance 1 / fan-in (LeCun et al. 1998)."
    case .xavier: "Uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010)."
    case .small: "Normal with deviation 0.02, as in BERT (Devlin et al. 2019)."
    }
  }

  /// - Parameters:
  ///   - fanIn: How many values each output is the sum of.
  ///   - fanOut: How many outputs each value has a part in.
  func initialization(fanIn: Int, fanOut: Int) -> Initialization {
    switch self {
    case .he: .he(fanIn: fanIn)
    case .lecun: .lecun(fanIn: fanIn)
    case .xavier: .xavier(fanIn: fanIn, fanOut: fanOut)
    case .small: .normal(deviation: 0.02)
    }
  }
}
