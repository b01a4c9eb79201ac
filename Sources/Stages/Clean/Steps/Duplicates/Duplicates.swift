package import Dataset
internal import Diagnostics
package import Options
internal import Pipeline
internal import YAML

extension Clean {
  /// Rows whose content is the same, byte for byte, or whose images look the same.
  package struct Duplicates: Options, CleaningStep {
    package static let name = "duplicates"
    package static let purpose =
      "Keep one of rows that are the same, in the first split that has it."

    /// What has to be the same.
    package enum Content: String, NamedOption {
      case row
      case features

      package var summary: String {
        switch self {
        case .row: "All features and the target."
        case .features: "All features, whatever the target."
        }
      }
    }

    /// How much images may differ.
    package struct Likeness: Options {
      package var distance = 4
      package var hash = PictureHash.perceptual

      package init() {}

      package static let title = "Near duplicates"
      package static let shorthand: String? = "distance"

      package static var fields: [Field<Self>] {
        option("distance", \.distance, in: 0...15, "The bits of 64 by which hashes may differ.")
        option("hash", \.hash, "What is compared, as the Python package imagehash makes it.")
      }
    }

    package var rows = Dropping.drop
    package var by = Content.row
    package var near: Likeness?

    package init() {}

    package static let title = "Duplicates"
    package static let summary =
      "The first row is kept, in the order train, validation, test, so that no row is tested on "
      + "that was trained on. Images are compared pixel by pixel, or by a hash that is alike for "
      + "images that look alike; a row goes that is near to one that is kept."
    package static let shorthand: String? = "rows"

    package static var fields: [Field<Self>] {
      option("rows", \.rows, "What becomes of the rows after the first.")
      option("by", \.by, "What has to be the same.")
      option(
        "near", \.near,
        "Compare images by a hash of 64 bits, and all else exactly; without it, images exactly too."
      )
    }

    var isForImages: Bool { near != nil }

    func fit(_ data: CleaningData) throws -> FittedStep {
      guard let near else {
        return try EqualRows(data, withTarget: by == .row).fit()
      }
      return try NearRows(data, near, withTarget: by == .row).fit()
    }
  }
}
