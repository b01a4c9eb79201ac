internal import Options
package import Tensor

/// What the values of a feature mean, and all that follows from it.
///
/// Datasets and networks name kinds in their files, so that the kinds are a closed list; what the
/// program does with a feature of a kind follows from its `traits`, which a new kind has to state.
package enum FeatureKind: String, NamedOption {
  case numbers
  case category
  case date
  case image
  case text
  case audio

  package var traits: Traits {
    switch self {
    case .numbers:
      Traits(
        noun: "number", plural: "numbers", summary: "Numbers, one or several columns together.",
        ranks: 1...6,
        type: .float32, entry: .row)
    case .category:
      Traits(
        noun: "category", plural: "categories", summary: "One of several texts, in one column.",
        ranks: 1...1,
        type: .int32, entry: .indicators)
    case .date:
      Traits(
        noun: "date", plural: "dates", summary: "Dates, perhaps with a time, in one column.",
        ranks: 1...1,
        type: .float32, entry: .row)
    case .image:
      Traits(
        noun: "image", plural: "images",
        summary: "Pixels, a column for each, or one column of image files.",
        ranks: 3...3, type: .float32, narrowType: .uint8, entry: .trunk)
    case .text:
      Traits(
        noun: "text", plural: "texts", summary: "Texts, in one column, cut up into tokens.",
        ranks: 1...1,
        type: .int32, entry: .tokens)
    case .audio:
      Traits(
        noun: "audio", plural: "sounds", summary: "Sounds, in one column of their files.",
        ranks: 2...3,
        type: .float32, entry: .trunk)
    }
  }

  package struct Traits: Sendable {
    /// What the user calls one such feature.
    package var noun: String
    /// What the user calls several.
    package var plural: String
    /// A sentence about columns of the kind.
    package var summary: String
    /// How many dimensions a row has: `[K]` numbers, codes, parts of a date or tokens, `[C, H, W]` images,
    /// `[1, bands, frames]` spectra or `[1, samples]` waveforms of sounds.
    package var ranks: ClosedRange<Int>
    /// What rows are stored as and put together to batches of; it holds missing values too.
    package var type: ElementType
    /// The smaller type of a feature all of whose values fit it.
    package var narrowType: ElementType?
    package var entry: Entry

    /// Whether values are the codes of texts, with which nobody can reckon.
    package var holdsCodes: Bool { entry == .indicators || entry == .tokens }
  }

  /// How a feature enters the networks that presets build.
  package enum Entry: Sendable {
    /// As a row of its values.
    case row
    /// As a row with one indicator for each value that it knows.
    case indicators
    /// As the mean of a learned vector for each of its tokens.
    case tokens
    /// Through layers of its own where the preset has such, else as a row of its values.
    case trunk
  }
}
