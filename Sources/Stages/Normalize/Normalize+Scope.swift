internal import Options

extension Normalize {
  /// What shares a scale.
  package enum Scope: String, NamedOption {
    case channel
    case feature
    case sample
    case dataset

    package var summary: String {
      switch self {
      case .channel: "Each channel of an image, and each number column."
      case .feature: "Each pixel of an image, and each number column."
      case .sample: "Each row by itself: an image, or a row of a group of numbers."
      case .dataset: "All pixels of an image feature, and all columns of a group of numbers."
      }
    }

    /// The shape of the fitted scales for rows of a shape, of which they are the first dimensions.
    func shape(for row: [Int]) -> [Int] {
      switch self {
      case .channel: row.indices.map { $0 == 0 ? row[0] : 1 }
      case .feature: row
      case .dataset, .sample: row.map { _ in 1 }
      }
    }
  }

  /// What becomes of values beyond those of the training split.
  package enum Beyond: String, NamedOption {
    case keep
    case clip

    package var summary: String {
      switch self {
      case .keep: "They are scaled like all others."
      case .clip: "They are held at the least or the greatest value of the training split."
      }
    }
  }
}
