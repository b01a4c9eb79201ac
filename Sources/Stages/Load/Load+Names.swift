internal import Dataset
internal import Options

extension Load {
  /// What a model of the data is to learn.
  package enum Task: String, NamedOption {
    case classification
    case regression
    case none

    package var summary: String {
      switch self {
      case .classification: "The target is one of several classes."
      case .regression: "The target is a number."
      case .none: "There is no target."
      }
    }

    var task: Target.Task? {
      switch self {
      case .classification: .classification
      case .regression: .regression
      case .none: nil
      }
    }
  }

  /// How images come to the size wanted.
  package enum Fit: String, NamedOption {
    case cover
    case contain
    case stretch

    package var summary: String {
      switch self {
      case .cover: "Fill the size and cut what stands out."
      case .contain: "Fit inside the size, with black around."
      case .stretch: "Take the size, whatever the proportions."
      }
    }

    var fit: ImageFit {
      switch self {
      case .cover: .cover
      case .contain: .contain
      case .stretch: .stretch
      }
    }
  }

  /// The channels of loaded pictures.
  package enum Color: String, NamedOption {
    case rgb
    case grey

    package var summary: String {
      switch self {
      case .rgb: "Three channels: red, green and blue."
      case .grey: "One channel of brightness."
      }
    }
  }

  /// What becomes of a row that cannot be read.
  package enum BadRowsPolicy: String, NamedOption {
    case error
    case skip

    package var summary: String {
      switch self {
      case .error: "Fail, with the place and cause of each."
      case .skip: "Leave it out; they are counted and listed."
      }
    }

    var policy: BadRows.Policy { self == .error ? .error : .skip }
  }
}
